package dev.flowguard.assess.finding;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Finding;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Policy;
import java.util.List;

/** All diagnoses. */
public final class Findings {
    private static final List<Diagnosis> DIAGNOSES =
            List.of(new SelectsNothing(), new PeerMatchesNothing(), new NamespaceMatchesNothing());

    private Findings() {}

    /** What is to be said of the policy as the change leaves it; nothing of one that is deleted. */
    public static List<Finding> about(Change change, Snapshot cluster, PolicyView after) {
        return change.after().stream()
                .flatMap(policy -> about(policy, cluster, after).stream())
                .toList();
    }

    /** What is to be said of a policy that is in force. */
    public static List<Finding> about(Policy policy, Snapshot cluster, PolicyView policies) {
        Examination examination = new Examination(policy, cluster, policies);
        return DIAGNOSES.stream()
                .flatMap(diagnosis -> diagnosis.examine(examination))
                .toList();
    }
}
