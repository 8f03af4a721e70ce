package dev.flowguard.cli.view;

import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.cli.check.ChangeSequence;
import dev.flowguard.cli.check.CheckedStep;
import dev.flowguard.cli.explain.AskedBy;
import dev.flowguard.cli.explain.EndNames;
import dev.flowguard.cli.explain.NamedEnd;
import dev.flowguard.cli.explain.PortQuestion;
import dev.flowguard.cli.explain.Question;
import dev.flowguard.cli.explain.ServicePods;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.report.Grade;
import dev.flowguard.report.Report;
import dev.flowguard.report.TextReport;
import dev.flowguard.view.Engine;
import dev.flowguard.view.WhatIf;
import dev.flowguard.wording.KindNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Asks as {@code explain} does, and judges as {@code check --change} does. */
public final class CommandEngine implements Engine {
    private static final String DELETION = "";

    private final DecisionSettings settings;
    private final Requester usual;
    private final BiFunction<Requester, String, Permission> overrides;

    /**
     * @param usual who asks where nobody is named
     * @param overrides whether somebody may override in a namespace
     */
    public CommandEngine(
            DecisionSettings settings, Requester usual, BiFunction<Requester, String, Permission> overrides) {
        this.settings = settings;
        this.usual = usual;
        this.overrides = overrides;
    }

    @Override
    public Asked ask(Snapshot cluster, String from, String to, String port) {
        Inquiry inquiry = new Inquiry(cluster);
        EndNames names = new EndNames(cluster, "");
        NamedEnd sender = names.find("from", from);
        Question question = new Question(
                AskedBy.PAGE,
                inquiry,
                sender.ends().isEmpty() ? ServicePods.behind(cluster, sender) : sender,
                names.find("to", to),
                Stream.of(port)
                        .filter(text -> !text.isBlank())
                        .map(text -> PortQuestion.parse(AskedBy.PAGE, text))
                        .toList());
        return new Asked(inquiry, question.ask(), question.flow(), question.notes());
    }

    @Override
    public Judged judge(Snapshot cluster, LoadedManifests objects, List<ObjectRef> deletions, Requested by) {
        InMemoryCluster judged = InMemoryCluster.startingFrom(cluster, overrides);
        InMemoryCluster whole = InMemoryCluster.startingFrom(cluster, overrides);
        ChangeSequence sequence = new ChangeSequence(judged, settings, requester(by));
        List<WhatIf.StepView> steps = new ArrayList<>();
        for (ObjectRef object : deletions) {
            CheckedStep step = sequence.delete(object, DELETION)
                    .orElseThrow(() -> new BadInput("delete " + KindNames.of(object) + ": there is no such object"));
            steps.add(view(step, Optional.empty()));
            whole.forget(object);
        }
        for (ManifestObject object : objects.objects()) {
            String override = object.annotations().getOrDefault(ReviewMapping.OVERRIDE, "");
            CheckedStep step = sequence.apply(
                    object.observation(), override, object.position().file());
            steps.add(view(step, Optional.of(object)));
            whole.observe(object.observation());
        }
        return new Judged(whole.snapshot(), steps);
    }

    private Requester requester(Requested by) {
        return by.user().isBlank() ? usual : new Requester(by.user(), by.groups());
    }

    private static WhatIf.StepView view(CheckedStep step, Optional<ManifestObject> object) {
        int line = object.map(each -> each.position().line()).orElse(0);
        return step.match(
                judged -> new WhatIf.StepView(
                        judged.what(),
                        line,
                        decision(judged.decision(), judged.said()),
                        judged.decision().reason(),
                        judged.said().message(),
                        judged.said().unabridged(),
                        findings(judged.decision(), object)),
                compared -> new WhatIf.StepView(
                        compared.what(),
                        line,
                        effect(compared.report()),
                        "",
                        String.join("\n", TextReport.flows(compared.report())),
                        List.of(),
                        List.of()),
                applied -> new WhatIf.StepView(applied.what(), line, "Applied", "", "", List.of(), List.of()));
    }

    private static String decision(Decision decision, Wording.Said said) {
        return decision.isRejection() ? "Rejected" : said.warnings().isEmpty() ? "Admitted" : "Warned";
    }

    /** As {@code check} says it. */
    private static String effect(Report report) {
        boolean warns = report.flows().stream().anyMatch(flow -> flow.grade() == Grade.WARNING);
        return report.isFailed() ? "Breaks" : warns ? "Warned" : "Applied";
    }

    private static List<WhatIf.LineFinding> findings(Decision decision, Optional<ManifestObject> object) {
        List<Finding> found = decision.match(
                passed -> List.of(),
                notReady -> List.of(),
                judged -> judged.assessment().findings());
        return found.stream()
                .map(finding -> new WhatIf.LineFinding(
                        object.map(each -> each.source()
                                        .spot(FieldPath.parse(finding.place()))
                                        .line())
                                .orElse(0),
                        finding.id(),
                        finding.severity().spelling(),
                        finding.place(),
                        finding.message(),
                        finding.explanation()))
                .toList();
    }
}
