package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.bench.GeneratedCluster.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A tenant who wants nobody else to be served: a thousand workloads, contracts of two thousand flows to every pod of the cluster, and
 * changes that concern all of it.
 */
public final class HostileTenant {
    private static final int WORKLOADS = 1_000;
    private static final int CONTRACTS = 20;
    private static final int FLOWS = 100;

    /** Nearly all that the body limit lets pass. */
    private static final int PORTS = 400_001;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String namespace;
    private final Objects make = new Objects();
    private final ReviewEnvelope envelope;

    public HostileTenant(String namespace, long seed) {
        this.namespace = namespace;
        this.envelope = new ReviewEnvelope(new Random(seed));
    }

    /** What of it is in the cluster. */
    public List<ObjectNode> objects() {
        List<ObjectNode> objects = new ArrayList<>();
        objects.add(make.namespace(namespace));
        for (int i = 0; i < WORKLOADS; i++) {
            objects.add(make.controller(namespace, new App("w" + i, "app", "w" + i, 1, false)));
        }
        for (int i = 0; i < CONTRACTS; i++) {
            objects.add(contract(i));
        }
        return objects;
    }

    private ObjectNode contract(int number) {
        ObjectNode contract =
                JSON.objectNode().put("apiVersion", "flowguard.dev/v1alpha1").put("kind", "FlowContract");
        contract.putObject("metadata").put("name", "everything-" + number).put("namespace", namespace);
        ArrayNode flows = contract.putObject("spec").putArray("flows");
        for (int i = 0; i < FLOWS; i++) {
            ObjectNode flow = flows.addObject().put("name", "f" + i);
            flow.putObject("from").putObject("podSelector");
            flow.putObject("to").putObject("namespaceSelector");
            flow.putArray("ports").addObject().put("port", 1_000 + number * FLOWS + i);
        }
        return contract;
    }

    /** What it sends: a change that is as much work as can be, and now and then a body that is as large as can be. */
    public List<String> reviews() {
        return List.of(denyAll("a"), denyAll("b"), denyAll("c"), manyPorts());
    }

    private String denyAll(String name) {
        ObjectNode policy = make.defaultDeny(namespace);
        ((ObjectNode) policy.get("metadata")).put("name", name);
        return envelope.creation(policy).toString();
    }

    private String manyPorts() {
        ObjectNode policy = make.defaultDenyIngress(namespace);
        ArrayNode ports = ((ObjectNode) policy.get("spec"))
                .putArray("ingress")
                .addObject()
                .putArray("ports");
        for (int i = 0; i < PORTS; i++) {
            ports.addObject().put("protocol", "TCP");
        }
        return envelope.creation(policy).toString();
    }
}
