package dev.flowguard.feed.live.api;

import dev.flowguard.admission.decision.ClusterState.Lack;
import java.util.Set;

/** What a kind of objects is needed for, and so what is lost where it cannot be read. */
public enum Role {
    /** Without it nothing can be judged. */
    ESSENTIAL("nothing can be judged without it"),
    CONTRACT("only annotations declare flows"),
    SERVICE("flows to Services are unbound"),
    ENDPOINTS("addresses behind Services without a selector, and those of the API server, are unknown"),
    NODE("nodes cannot be told from addresses outside the cluster"),
    INGRESS("what Ingresses let in is not listed, unless it comes from pods that are known"),
    TEMPLATE("workloads of that kind are known only while they have pods"),
    /** On which the meaning of policies of other kinds depends: of groups that are not known, and settings that are assumed. */
    SIDE_INPUT("policies that refer to them are undetermined, and plugins are taken to be set as by default"),
    /** Kinds that show what traffic is needed though nobody declares it. */
    IMPLYING("flows that it would imply are not known"),
    /** Its policies are not evaluated; that they may exist makes verdicts undetermined. */
    OTHER_POLICY("nothing is called broken for certain, since such policies may allow or block any traffic");

    private final String loss;

    Role(String loss) {
        this.loss = loss;
    }

    /** Whether it is better to go on without it than to judge nothing. Contracts are not: what they protect would go unprotected. */
    public boolean isDispensable() {
        return this != ESSENTIAL && this != CONTRACT;
    }

    /** Whether its kinds are followed only because the cluster was found to serve them, and are found again when they come back. */
    public boolean comesAndGoes() {
        return this == OTHER_POLICY || this == SIDE_INPUT;
    }

    /** What is uncertain while it is out of touch; other policies have a way of their own, and Ingresses only list. */
    public Set<Lack> lacks() {
        return switch (this) {
            case SERVICE -> Set.of(Lack.SERVICES);
            case ENDPOINTS -> Set.of(Lack.ENDPOINTS);
            case NODE -> Set.of(Lack.NODES);
            case TEMPLATE -> Set.of(Lack.TEMPLATES);
            default -> Set.of();
        };
    }

    /** What is not known or not possible without it, as a clause. */
    public String loss() {
        return loss;
    }
}
