package dev.flowguard.admission.decision;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.AlmostMeant;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.binding.UnboundFlow;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.wording.Advice;
import dev.flowguard.wording.Ellipsis;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns a decision into what the requester is told, within the limits of the API server (PLATFORM W15, W17, W18). */
public final class Wording {
    /** Advice of the Kubernetes documentation; longer ones may be cut when there are many. */
    public static final int MOST_CHARACTERS_OF_WARNING = 120;

    /** With any of these the API server drops a warning. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    private static final String TO_OVERRIDE = "to override, annotate it with flowguard.dev/override: <reason>"
            + "   (needs permission \"override\" on flowcontracts)";
    private static final String PERMISSION = "permission \"override\" on flowcontracts.flowguard.dev";

    private static final String FLOW_BROKEN = "FlowBroken";

    static final int MOST_WARNINGS = 10;
    static final int MOST_CHARACTERS_OF_AUDIT = 2_000;

    private Wording() {}

    /**
     * A ground for a rejection.
     *
     * @param reason in CamelCase, for programs
     * @param field the field of the policy that it is about
     */
    public record Cause(String reason, String field, List<String> lines) {
        public Cause {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What is said.
     *
     * @param message why a change is rejected; empty where it is admitted
     * @param causes one for each flow, and then for each finding, that is a ground for the rejection
     * @param unabridged all warnings in full, where there is room for them
     * @param audit for the audit log of the API server, by key
     */
    public record Said(String message, List<Cause> causes, List<String> unabridged, Map<String, String> audit) {
        public Said {
            causes = List.copyOf(causes);
            unabridged = unabridged.stream()
                    .map(warning -> CONTROL_CHARACTERS.matcher(warning).replaceAll(" "))
                    .distinct()
                    .toList();
        }

        /** The warnings within the API server's limits: one line each, and a last one that counts those left out. */
        public List<String> warnings() {
            List<String> shortened = unabridged.stream()
                    .flatMap(warning -> Advice.lines(warning, MOST_CHARACTERS_OF_WARNING).stream())
                    .toList();
            return Ellipsis.limit(shortened, MOST_WARNINGS, more -> "…and " + more + " more");
        }
    }

    public static Said of(Decision decision) {
        return of(decision, Tool.OTHER);
    }

    /** @param tool of the requester, for which a way out is named */
    public static Said of(Decision decision, Tool tool) {
        return of(decision, tool, Audience.REQUESTER);
    }

    /** With every name in full and nothing left out, for people who read it elsewhere than in an answer of the API server. */
    public static Said inFull(Decision decision) {
        return of(decision, Tool.OTHER, Audience.READER);
    }

    private static Said of(Decision decision, Tool tool, Audience audience) {
        return decision.match(
                passed -> new Said(
                        "",
                        List.of(),
                        passed.problems().stream()
                                .map(problem -> "not judged, the API server refuses it: " + problem)
                                .toList(),
                        audit(decision)),
                notReady -> notReady(notReady, audit(decision)),
                judged -> judged(judged, tool, audience, audit(decision)));
    }

    private static Said notReady(Decision.NotReady notReady, Map<String, String> audit) {
        String why = notReady.troubles().isEmpty()
                ? "the state of the cluster is not known"
                : notReady.troubles().get(0);
        String what = "Flowguard could not judge this change: " + why;
        return notReady.rejected()
                ? new Said(what + "; try again in a moment", List.of(), List.of(), audit)
                : new Said("", List.of(), List.of(what), audit);
    }

    private static Said judged(Decision.Judged judged, Tool tool, Audience audience, Map<String, String> audit) {
        List<String> warnings = new AdmissionWarnings(judged, audience).all();
        if (!judged.isRejection()) {
            return new Said("", List.of(), warnings, audit);
        }
        FlowWording wording = audience.flows(judged);
        RepairSearch repairs = new RepairSearch(judged.assessment());
        List<FlowAssessment> grounds =
                judged.grounds().stream().map(FlowRuling::flow).toList();
        List<Cause> causes = new ArrayList<>();
        grounds.forEach(flow -> causes.add(new Cause(
                FLOW_BROKEN,
                "spec",
                wording.broken(
                        flow,
                        AlmostMeant.of(flow, judged.assessment().aftermath()),
                        repairs.search(flow.flow()),
                        NoRule.of(
                                flow,
                                Effect.NEWLY_BROKEN,
                                judged.assessment().aftermath().cluster())))));
        judged.deniedFindings()
                .forEach(finding -> causes.add(new Cause(
                        "FindingDenied",
                        finding.place(),
                        List.of(audience.finding(finding), "  " + finding.explanation()))));
        String message = message(headline(judged, grounds), causes, waysOut(judged, tool), audience.mostCharacters());
        return new Said(message, causes, warnings, audit);
    }

    private static String waysOut(Decision.Judged judged, Tool tool) {
        boolean isOfSet =
                judged.leniency().match(() -> false, o -> false, o -> false, o -> false, o -> true, () -> false);
        boolean areFirst = !isOfSet
                && !judged.grounds().isEmpty()
                && FirstPolicies.are(
                        judged.assessment().change(),
                        judged.assessment().aftermath().cluster());
        return (areFirst ? FirstPolicies.wayOut(tool) + "\n  " : "") + override(judged.leniency());
    }

    private static String headline(Decision.Judged judged, List<FlowAssessment> grounds) {
        int findings = judged.deniedFindings().size();
        PolicyRef policy = judged.assessment().change().policy();
        if (!grounds.isEmpty()) {
            return FlowWording.headline(grounds, policy)
                    + (judged.assessment().isComplete() ? "" : " (there was no time to judge everything)");
        }
        return KindNames.of(judged.assessment().change().object()) + " has "
                + (findings == 1 ? "a mistake" : findings + " mistakes") + " that must not be made"
                + (policy.namespace().isEmpty() ? "" : " in namespace " + policy.namespace());
    }

    private static String message(String headline, List<Cause> causes, String override, int most) {
        StringBuilder message = new StringBuilder(headline);
        int told = 0;
        for (Cause cause : causes) {
            String text = cause.lines().stream().map(line -> "\n  " + line).collect(Collectors.joining());
            if (told > 0 && message.length() + text.length() + override.length() > most) {
                break;
            }
            message.append(text);
            told++;
        }
        List<Cause> untold = causes.subList(told, causes.size());
        if (!untold.isEmpty()) {
            boolean flows = untold.stream().allMatch(cause -> cause.reason().equals(FLOW_BROKEN));
            message.append("\n  …and ").append(Names.count(untold.size(), flows ? "more flow" : "more ground"));
        }
        return message.append("\n  ").append(override).toString();
    }

    private static String override(Leniency leniency) {
        return leniency.match(
                () -> TO_OVERRIDE,
                overridden -> "",
                refused -> "not overridden: " + whyNot(refused),
                unconfirmed -> "",
                staged -> ChangeSetWording.refused(staged) + "\n  " + TO_OVERRIDE,
                () -> "");
    }

    private static String whyNot(Leniency.OverrideRefused refused) {
        return switch (refused.why()) {
            case NOT_PERMITTED -> refused.user() + " lacks " + PERMISSION + in(refused.namespace());
            case NOT_KNOWN ->
                "whether " + refused.user() + " has " + PERMISSION + in(refused.namespace())
                        + " could not be asked; try again";
            case KEPT ->
                "the annotation flowguard.dev/override was there before this change, and counts for one change only;"
                        + " write a new reason into it";
        };
    }

    /** Where a permission is asked for: a policy without a namespace needs it in the whole cluster. */
    private static String in(String namespace) {
        return namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace;
    }

    private static Map<String, String> audit(Decision decision) {
        Map<String, String> audit = new LinkedHashMap<>();
        audit.put("decision", decision.isRejection() ? "reject" : "admit");
        audit.put("reason", decision.reason());
        decision.match(passed -> audit, notReady -> audit, judged -> {
            for (Effect effect :
                    List.of(Effect.NEWLY_BROKEN, Effect.UNDETERMINED, Effect.STILL_BROKEN, Effect.REPAIRED)) {
                List<FlowAssessment> flows = judged.assessment().flows(effect);
                if (!flows.isEmpty()) {
                    audit.put(auditKey(effect), flows(flows));
                }
            }
            List<DeclaredFlow> unbound = judged.assessment().unbound().stream()
                    .map(UnboundFlow::flow)
                    .toList();
            if (!unbound.isEmpty()) {
                audit.put("unbound", names(unbound));
            }
            if (!judged.assessment().findings().isEmpty()) {
                audit.put(
                        "findings",
                        judged.assessment().findings().stream()
                                .map(Finding::id)
                                .distinct()
                                .collect(Collectors.joining(", ")));
            }
            judged.leniency()
                    .match(
                            () -> audit,
                            overridden -> put(audit, "override", overridden.reason()),
                            refused -> put(audit, "override-refused", refused.user()),
                            unconfirmed -> put(audit, "unconfirmed", unconfirmed.why()),
                            staged -> put(audit, "change-set", ChangeSetWording.audit(staged)),
                            () -> put(audit, "rehearsed", "true"));
            audit.put("snapshot-age", judged.age().toMillis() + "ms");
            return audit;
        });
        return audit;
    }

    private static Map<String, String> put(Map<String, String> audit, String key, String value) {
        audit.put(key, value);
        return audit;
    }

    private static String auditKey(Effect effect) {
        return switch (effect) {
            case NEWLY_BROKEN -> "newly-broken";
            case UNDETERMINED -> "undetermined";
            case STILL_BROKEN -> "still-broken";
            case REPAIRED -> "repaired";
            case NONE -> "unaffected";
        };
    }

    private static String flows(List<FlowAssessment> flows) {
        return names(flows.stream().map(FlowAssessment::flow).toList());
    }

    private static String names(List<DeclaredFlow> flows) {
        return Ellipsis.shorten(
                flows.stream().map(DeclaredFlow::toString).collect(Collectors.joining("; ")), MOST_CHARACTERS_OF_AUDIT);
    }

    /** What is remarkable about the namespace itself. */
    public static List<String> remarks(NamespaceEntry namespace) {
        List<String> remarks = new ArrayList<>();
        if (Rulings.isModeUnreadable(namespace)) {
            remarks.add("namespace " + namespace.name() + ": label " + NamespaceEntry.MODE + "=" + namespace.mode()
                    + " is not one of " + Enforcement.DENY + ", " + Enforcement.WARN + ", " + Enforcement.AUDIT
                    + " and is ignored");
        }
        if (namespace.assumed() && !namespace.name().isEmpty()) {
            remarks.add("namespace " + namespace.name()
                    + " was not seen: judged as if it existed, without labels and annotations");
        }
        return remarks;
    }
}
