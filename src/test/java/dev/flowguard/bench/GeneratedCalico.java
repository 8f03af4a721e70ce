package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Policies of Calico over a {@link GeneratedCluster}: three tiers, network sets, a few GlobalNetworkPolicies for all pods, and very many that
 * each speak of an application, mostly of one namespace and now and then of a team's; each with ordered rules. The same seed makes the
 * same objects.
 */
public final class GeneratedCalico {
    private static final String API = "projectcalico.org/v3";
    private static final String GLOBAL = "GlobalNetworkPolicy";
    private static final List<String> TIERS = List.of("security", "platform");
    private static final int SETS = 50;
    private static final int OF_A_TEAM_EVERY = 50;

    /** Each app that a namespace may have; a policy for one that it has not selects nothing. */
    private static final int APPS = 6;

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final List<ObjectNode> objects = new ArrayList<>();
    private final List<ObjectNode> policies = new ArrayList<>();
    private final Random random;
    private final Shape shape;

    GeneratedCalico(Shape shape, int policies, long seed) {
        this.shape = shape;
        this.random = new Random(seed);
        for (int i = 0; i < TIERS.size(); i++) {
            ObjectNode tier = object("Tier", TIERS.get(i));
            tier.putObject("spec").put("order", 100 * (i + 1)).put("defaultAction", "Pass");
            objects.add(tier);
        }
        for (int i = 0; i < SETS; i++) {
            objects.add(networkSet(i));
        }
        everywhere("resolve-names").add(allow("UDP", 53, "k8s-app == 'kube-dns'"));
        everywhere("no-metadata").add(deny("nets", "169.254.169.254/32"));
        while (this.policies.size() < policies) {
            ofAnApp(this.policies.size());
        }
        objects.addAll(this.policies);
    }

    /** As the API server has them, the policies last. */
    List<ObjectNode> objects() {
        return objects;
    }

    List<ObjectNode> policies() {
        return policies;
    }

    private ObjectNode networkSet(int number) {
        ObjectNode set = object("GlobalNetworkSet", "set-" + number);
        ((ObjectNode) set.get("metadata")).putObject("labels").put("partner", "p" + number);
        set.putObject("spec").putArray("nets").add("198.51.100." + number + "/32");
        return set;
    }

    /** @return its rules for egress, to be filled */
    private ArrayNode everywhere(String name) {
        ObjectNode policy = object(GLOBAL, "security." + name);
        ObjectNode spec = policy.putObject("spec").put("tier", "security").put("order", policies.size());
        spec.put("selector", "all()");
        spec.putArray("types").add("Egress");
        policies.add(policy);
        return spec.putArray("egress");
    }

    private void ofAnApp(int number) {
        int namespace = random.nextInt(shape.namespaces());
        boolean isStamped = namespace > 0 && namespace % 3 == 0;
        int app = random.nextInt(APPS);
        String key = isStamped ? "app" : "app.kubernetes.io/name";
        String is = key + " == '"
                + (isStamped
                        ? List.of("web", "api", "worker", "db", "none", "none").get(app)
                        : "app-" + app) + "'";
        String where = (isStamped ? "tenant-" : "team-") + namespace;
        String tier = number % 4 == 0 ? "security" : number % 4 == 1 ? "platform" : "default";
        ObjectNode policy = object(GLOBAL, tier + ".policy-" + number);
        ObjectNode spec = policy.putObject("spec").put("tier", tier).put("order", number);
        spec.put("selector", is);
        spec.put(
                "namespaceSelector",
                number % OF_A_TEAM_EVERY == 0
                        ? "team == 't" + namespace % 7 + "' && stage == 'canary'"
                        : "projectcalico.org/name == '" + where + "'");
        spec.putArray("types").add("Ingress").add("Egress");
        spec.putArray("ingress")
                .add(deny("selector", "quarantine == 'true'"))
                .add(from("Allow", "app == 'controller'", "ingress-nginx"))
                .add(from("Allow", "has(" + key + ")", where))
                .add(deny("selector", "partner in {'p" + number % SETS + "', 'p" + (number + 1) % SETS + "'}"))
                .addObject()
                .put("action", "Pass");
        spec.putArray("egress")
                .add(allow("UDP", 53, "k8s-app == 'kube-dns'"))
                .add(allow("TCP", 53, "k8s-app == 'kube-dns'"))
                .add(to("Allow", "has(" + key + ")", where))
                .add(deny("selector", "partner == 'p" + number % SETS + "'"))
                .addObject()
                .put("action", "Pass");
        policies.add(policy);
    }

    private ObjectNode from(String action, String selector, String namespace) {
        return end("source", action, selector, namespace);
    }

    private ObjectNode to(String action, String selector, String namespace) {
        return end("destination", action, selector, namespace);
    }

    private ObjectNode end(String end, String action, String selector, String namespace) {
        ObjectNode rule = json.objectNode().put("action", action).put("protocol", "TCP");
        rule.putObject(end)
                .put("selector", selector)
                .put("namespaceSelector", "projectcalico.org/name == '" + namespace + "'");
        return rule;
    }

    private ObjectNode allow(String protocol, int port, String selector) {
        ObjectNode rule = json.objectNode().put("action", "Allow").put("protocol", protocol);
        rule.putObject("destination")
                .put("selector", selector)
                .put("namespaceSelector", "projectcalico.org/name == 'kube-system'")
                .putArray("ports")
                .add(port);
        return rule;
    }

    private ObjectNode deny(String field, String value) {
        ObjectNode rule = json.objectNode().put("action", "Deny");
        ObjectNode end = rule.putObject(field.equals("nets") ? "destination" : "source");
        if (field.equals("nets")) {
            end.putArray(field).add(value);
        } else {
            end.put(field, value);
        }
        return rule;
    }

    private ObjectNode object(String kind, String name) {
        ObjectNode object = json.objectNode().put("apiVersion", API).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }
}
