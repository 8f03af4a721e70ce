package dev.flowguard.wording;

import dev.flowguard.verdict.trace.NearMiss;

/** What somebody may have meant, and what to change if so. */
public final class NearMissWording {
    private NearMissWording() {}

    public static String of(NearMiss miss) {
        String policy = KindNames.toldApart(miss.policy());
        String rule = (miss.place().isEmpty() ? miss.direction().rule(miss.rule()) : miss.place()) + " of " + policy;
        return "almost: "
                + switch (miss.reason()) {
                    case PEER_IN_OTHER_NAMESPACE ->
                        rule + " has the right labels in the wrong namespace: it looks in " + miss.written()
                                + ", and these pods are in " + miss.found();
                    case NAMESPACE_ONE_LABEL_OFF ->
                        rule + " is one label off: it asks for namespaces with " + miss.written()
                                + ", and this one has " + miss.found();
                    case PEER_ONE_LABEL_OFF ->
                        rule + " is one label off: it asks for " + miss.written() + ", and the pods have "
                                + miss.found();
                    case OTHER_PROTOCOL ->
                        rule + " opens the right port for the wrong protocol: " + miss.written() + ", and this is "
                                + miss.found();
                    case SERVICE_PORT ->
                        rule + " opens " + miss.written()
                                + ", which is the port of a Service; policies see the pods' own port, "
                                + miss.found();
                    case OTHER_DIRECTION ->
                        rule + " is for these pods and this port, but " + miss.written() + " rules say nothing about "
                                + miss.found();
                    case NOT_IN_POLICY_TYPES ->
                        rule + " would open it, but is ignored: policyTypes leaves "
                                + miss.direction().policyType() + " out";
                    case SELECTS_ONE_LABEL_OFF ->
                        rule + " would open it, but the policy does not select these pods: its "
                                + (miss.place().isEmpty() ? "podSelector" : "selector") + " asks for "
                                + miss.written() + ", and they have " + miss.found();
                    case POLICY_IN_OTHER_NAMESPACE ->
                        rule + " would open it, but the policy selects pods of namespace " + miss.written()
                                + " only: it belongs in namespace " + miss.found();
                };
    }
}
