package dev.flowguard.net;

/**
 * A protocol that a flow may use. NetworkPolicy rules know the first three; what happens to any other is left to the network
 * plugin by the API (SEMANTICS Q18), so a contract may name {@link #ICMP}, but an isolated end leaves it undetermined.
 */
public enum Protocol {
    TCP,
    UDP,
    SCTP,
    ICMP;

    /** Whether NetworkPolicy rules can name this protocol; only such a protocol has ports. */
    public boolean isInPolicies() {
        return this != ICMP;
    }
}
