package dev.flowguard.policy;

/** Which traffic of a selected pod a policy speaks about. Egress isolates the client, ingress isolates the server. */
public enum Direction {
    INGRESS("ingress", "from", "Ingress"),
    EGRESS("egress", "to", "Egress");

    private final String section;
    private final String peers;
    private final String policyType;

    Direction(String section, String peers, String policyType) {
        this.section = section;
        this.peers = peers;
        this.policyType = policyType;
    }

    /** A rule of the section, counted as in the YAML: {@code ingress[0]}. */
    public String rule(int index) {
        return section + "[" + index + "]";
    }

    /** The name of the section in the spec: {@code ingress} or {@code egress}. */
    public String section() {
        return section;
    }

    /** The name of the peer list in a rule: {@code from} or {@code to}. */
    public String peers() {
        return peers;
    }

    /** The spelling in {@code policyTypes}: {@code Ingress} or {@code Egress}. */
    public String policyType() {
        return policyType;
    }
}
