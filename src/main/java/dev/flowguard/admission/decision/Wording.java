package dev.flowguard.admission.decision;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.binding.UnboundFlow;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.wording.Advice;
import dev.flowguard.wording.Ellipsis;
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
     * @param causes one for each flow, and then for each finding, that is a ground for the rejection; of very many the first, where
     *     the requester is told
     * @param unabridged the warnings in full, where there is room for them
     * @param untold how many there are besides, for which there was none
     * @param audit for the audit log of the API server, by key
     */
    public record Said(
            String message, List<Cause> causes, List<String> unabridged, int untold, Map<String, String> audit) {
        public Said {
            causes = List.copyOf(causes);
            unabridged = unabridged.stream()
                    .map(warning -> CONTROL_CHARACTERS.matcher(warning).replaceAll(" "))
                    .distinct()
                    .toList();
        }

        public Said(String message, List<Cause> causes, List<String> warnings, Map<String, String> audit) {
            this(message, causes, warnings, 0, audit);
        }

        /** The warnings within the API server's limits: one line each, and a last one that counts those left out. */
        public List<String> warnings() {
            List<String> shortened = unabridged.stream()
                    .flatMap(warning -> Advice.lines(warning, MOST_CHARACTERS_OF_WARNING).stream())
                    .toList();
            return Ellipsis.limit(shortened, MOST_WARNINGS, untold, more -> "…and " + more + " more");
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
        AdmissionWarnings warnings = new AdmissionWarnings(judged, audience);
        if (!judged.isRejection()) {
            return new Said("", List.of(), warnings.all(), warnings.untold(), audit);
        }
        RejectionWording rejection = new RejectionWording(judged, tool, audience);
        return new Said(rejection.message(), rejection.causes(), warnings.all(), warnings.untold(), audit);
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
