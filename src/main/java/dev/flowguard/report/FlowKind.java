package dev.flowguard.report;

import java.util.Locale;

/** What is to be said of a flow that is declared, or implied. */
public enum FlowKind {
    NEWLY_BROKEN(
            "flow-newly-broken",
            "A flow held and does not any more",
            "The change cuts traffic that a contract declares as required or that the cluster's objects show to be needed, or opens"
                    + " traffic that a contract declares must stay blocked."),
    BROKEN(
            "flow-broken",
            "A flow does not hold",
            "Traffic that a contract declares as required, or that the cluster's objects show to be needed, is blocked; or traffic"
                    + " that must stay blocked is open."),
    NEW_AND_BROKEN(
            "flow-new-and-broken",
            "A flow, or a part of it, is new and does not hold",
            "A contract, a workload, an address or an object that needs traffic is new, and the traffic is not as it must be. Nothing"
                    + " is lost by it that was there before."),
    STILL_BROKEN(
            "flow-still-broken",
            "A flow did not hold before and still does not",
            "The change is not the reason, so it is not held against it."),
    UNDETERMINED(
            "flow-undetermined",
            "It cannot be known whether a flow holds",
            "The NetworkPolicy API leaves it to the network plugin, or a field or a policy of another kind is not understood."),
    UNBOUND(
            "flow-unbound",
            "A declared flow speaks of nothing",
            "No workload, Service, port or address of this cluster is meant by one of its ends. Often a label or a name is"
                    + " mistyped, or was changed elsewhere."),
    UNENFORCED(
            "flow-unenforced",
            "Nothing enforces a declared flow",
            "The network plugin does not enforce NetworkPolicies, so all traffic is open whatever they say."),
    UNDECLARED(
            "flow-no-longer-declared",
            "A flow is no longer declared",
            "The declaration was removed or renamed, so nothing guards this traffic any more."),
    REPAIRED("flow-repaired", "A declared flow holds again", "It did not hold before.");

    private final String id;
    private final String title;
    private final String text;

    FlowKind(String id, String title, String text) {
        this.id = id;
        this.title = title;
        this.text = text;
    }

    /** In kebab case, as the ids of findings. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** What it means. */
    public String text() {
        return text;
    }

    /** {@code newly broken}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
