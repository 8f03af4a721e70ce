package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.bench.GeneratedCluster.App;
import java.util.List;
import java.util.Random;

/**
 * A flow by which a verdict tells whether a pod's event has arrived: a policy that denies all ingress in its namespace is refused as long
 * as the flow's server has a pod, and breaks nothing while it has none.
 */
public final class ProbedFlow {
    public static final String NAMESPACE = "probe";

    private static final Objects MAKE = new Objects();
    private static final App CLIENT = new App("client", "app", "client", 1, false);
    private static final App SERVER = new App("server", "app", "server", 1, false);

    private ProbedFlow() {}

    /** All of it but the server. */
    static List<ObjectNode> objects() {
        ObjectNode contract = MAKE.contract(NAMESPACE, List.of(CLIENT, SERVER), "");
        // The first flow comes from the ingress controller, and there is no time without it.
        contract.withArray("/spec/flows").remove(0);
        return List.of(MAKE.namespace(NAMESPACE), MAKE.pod(NAMESPACE, CLIENT, "0000", 0, "10.255.0.1"), contract);
    }

    static ObjectNode server() {
        return MAKE.pod(NAMESPACE, SERVER, "0000", 0, "10.255.0.2");
    }

    /** An AdmissionReview of the policy. */
    public static String review() {
        return new ReviewEnvelope(new Random(1))
                .creation(MAKE.defaultDenyIngress(NAMESPACE))
                .toString();
    }
}
