package dev.flowguard.report;

import java.util.Locale;

/** What is to be said of a declared flow. */
public enum FlowKind {
    NEWLY_BROKEN(
            "flow-newly-broken",
            "A declared flow held and does not any more",
            "The change cuts traffic that a contract declares as required, or opens traffic that it declares must stay blocked."),
    BROKEN(
            "flow-broken",
            "A declared flow does not hold",
            "Traffic that a contract declares as required is blocked, or traffic that must stay blocked is open."),
    NEW_AND_BROKEN(
            "flow-new-and-broken",
            "A declared flow, or a part of it, is new and does not hold",
            "A contract, a workload or an address is new, and traffic that is declared for it is not as declared. Nothing is lost"
                    + " by it that was there before."),
    STILL_BROKEN(
            "flow-still-broken",
            "A declared flow did not hold before and still does not",
            "The change is not the reason, so it is not held against it."),
    UNDETERMINED(
            "flow-undetermined",
            "It cannot be known whether a declared flow holds",
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
