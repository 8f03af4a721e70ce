package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.bench.GeneratedCluster.App;
import java.util.List;

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
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request");
        request.put("uid", "1")
                .put("operation", "CREATE")
                .put("dryRun", true)
                .put("namespace", NAMESPACE)
                .put("name", "default-deny-ingress");
        request.putObject("kind")
                .put("group", "networking.k8s.io")
                .put("version", "v1")
                .put("kind", "NetworkPolicy");
        request.putObject("resource")
                .put("group", "networking.k8s.io")
                .put("version", "v1")
                .put("resource", "networkpolicies");
        request.putObject("userInfo").put("username", "jane");
        request.set("object", MAKE.defaultDenyIngress(NAMESPACE));
        return review.toString();
    }
}
