package dev.flowguard.cli.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.assess.StagedChange;
import dev.flowguard.cli.input.ClusterNotes;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cli.input.ManifestInput;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.calico.StagedPolicy;
import dev.flowguard.report.ChangesReport;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.Repairs;
import dev.flowguard.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges changes one after the other. */
final class CheckChanges implements CheckAnswer {
    private final ManifestInput input;
    private final KnownCluster known;
    private final Snapshot before;
    private final ChangeSequence sequence;
    private final InMemoryCluster withAllApplied;
    private final List<CheckedStep> checked = new ArrayList<>();
    private final Set<PolicyRef> changed = new HashSet<>();
    private final List<String> filesWithout = new ArrayList<>();
    private final Map<ObjectRef, ObjectNode> applied = new HashMap<>();

    /** What is made again after it was deleted has nothing of what it was. */
    private final Set<ObjectRef> deleted = new HashSet<>();

    private final boolean replace;
    private ManifestPlaces places;

    /** @param replace whether a file is the whole object, as for kubectl replace; otherwise it is applied to the object */
    CheckChanges(CheckQuestion question, boolean replace) {
        this.replace = replace;
        ClusterOptions options = question.cluster();
        input = options.input(question.err());
        known = options.known(question.err());
        places = known.places();
        ClusterSettings settings = options.settings();
        InMemoryCluster cluster = known.inMemory(settings);
        before = cluster.snapshot();
        withAllApplied = known.inMemory(settings);
        sequence = new ChangeSequence(
                cluster, question.decisions().settings(), question.decisions().requester());
    }

    void apply(String file) {
        ManifestPlaces.Origin origin = input.read(file);
        ManifestPlaces placesBefore = places;
        places = places.with(origin);
        if (origin.manifests().objects().isEmpty()) {
            filesWithout.add(CheckText.nothingIn(file, origin.manifests().notReadByKind()));
        }
        for (ManifestObject object : origin.manifests().objects()) {
            String override = object.annotations().getOrDefault(ReviewMapping.OVERRIDE, "");
            Observation observation = applied(object, placesBefore);
            checked.add(sequence.apply(observation, override, object.position().file()));
            withAllApplied.observe(observation);
            object.ref().asPolicy().ifPresent(changed::add);
        }
    }

    /** Each staged policy of the cluster, in the order of their names; what holds becomes part of the cluster before the next. */
    void enforceStaged() {
        List<StagedPolicy> all = known.observations().stream()
                .flatMap(observation -> StagedChange.in(observation).stream())
                .sorted(Comparator.comparing(StagedPolicy::enforced))
                .toList();
        if (all.isEmpty()) {
            filesWithout.add("nothing is staged in " + known.origin());
        }
        for (StagedPolicy staged : all) {
            sequence.enforce(staged).ifPresent(checked::add);
        }
    }

    private Observation applied(ManifestObject object, ManifestPlaces placesBefore) {
        Optional<ObjectNode> live = replace || deleted.remove(object.ref())
                ? Optional.empty()
                : Optional.ofNullable(applied.get(object.ref())).or(() -> placesBefore.manifest(object.ref()));
        applied.put(
                object.ref(),
                live.map(before -> AppliedManifest.merged(object.source().object(), before))
                        .orElseGet(() -> object.source().object()));
        return AppliedManifest.of(object, live);
    }

    void delete(String text) {
        ObjectRef object = DeleteOption.parse(text);
        checked.add(sequence.delete(object, "--delete")
                .orElseThrow(() -> new BadInput("--delete " + text + ": there is no " + object + " in " + known.origin()
                        + (object.asPolicy().isPresent() ? " (or it was deleted before)" : "")
                        + DeleteOption.hint(
                                object,
                                known.observations().stream()
                                        .map(Observation::object)
                                        .toList()))));
        withAllApplied.forget(object).forEach(gone -> {
            applied.remove(gone);
            deleted.add(gone);
        });
    }

    @Override
    public boolean isFailed() {
        return checked.stream().anyMatch(CheckedStep::isFailed);
    }

    @Override
    public List<String> notes() {
        return ClusterNotes.of(withAllApplied.snapshot());
    }

    @Override
    public String write(CheckFormat format) {
        return format.write(
                () -> Stream.of(
                                checked.stream().flatMap(step -> CheckText.step(step).stream()),
                                filesWithout.stream(),
                                newMistakes().map(mistake -> "MISTAKE   " + mistake))
                        .flatMap(Function.identity())
                        .collect(Collectors.joining("\n")),
                () -> CheckJson.changes(checked, newMistakes().toList()),
                this::report,
                told -> Repairs.of(told, withAllApplied.snapshot(), changed),
                places);
    }

    /** In contracts and annotations that the changes bring. */
    private Stream<String> newMistakes() {
        Set<String> known = CheckText.mistakes(before.contracts()).collect(Collectors.toSet());
        return CheckText.mistakes(withAllApplied.snapshot().contracts()).filter(mistake -> !known.contains(mistake));
    }

    private Report report() {
        return ChangesReport.of(
                checked.stream().map(CheckedStep::what).toList(),
                checked.stream()
                        .flatMap(step -> step.<Stream<Decision>>match(
                                judged -> Stream.of(judged.decision()),
                                compared -> Stream.empty(),
                                applied -> Stream.empty()))
                        .toList(),
                checked.stream()
                        .flatMap(step -> step.<Stream<Report>>match(
                                judged -> Stream.empty(),
                                compared -> Stream.of(compared.report()),
                                applied -> Stream.empty()))
                        .toList(),
                withAllApplied.snapshot());
    }
}
