package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Changes of policies in a generated cluster, as an API server would send them for review: most are harmless, some break flows. The same
 * cluster and seed give the same reviews, and no two are alike.
 */
public final class GeneratedReviews {
    private final Random random;
    private final ReviewEnvelope envelope;
    private final List<ObjectNode> policies;

    public GeneratedReviews(GeneratedCluster cluster, long seed) {
        random = new Random(seed);
        envelope = new ReviewEnvelope(random);
        policies = cluster.objects().stream()
                .filter(object -> object.get("kind").asText().equals("NetworkPolicy"))
                .toList();
    }

    public List<ObjectNode> draw(int count) {
        return IntStream.range(0, count).mapToObj(this::review).toList();
    }

    /** Of a hundred changes 55 allow more, 15 leave the spec alone, 20 are new policies that allow, and 10 take something away. */
    private ObjectNode review(int number) {
        ObjectNode policy = envelope.stored(policies.get(random.nextInt(policies.size())));
        int chance = random.nextInt(100);
        if (chance < 55) {
            return envelope.update(policy, widened(policy, number));
        }
        if (chance < 70) {
            return envelope.update(policy, annotated(policy, number));
        }
        if (chance < 90) {
            return envelope.creation(metricsAllowed(policy, number));
        }
        if (chance < 95) {
            return envelope.deletion(policy);
        }
        if (chance < 98) {
            return envelope.update(policy, withoutRules(policy));
        }
        return envelope.creation(everythingDenied(policy, number));
    }

    private static ObjectNode widened(ObjectNode policy, int number) {
        ObjectNode changed = policy.deepCopy();
        boolean isIngress = spec(changed).get("policyTypes").toString().contains("Ingress");
        ArrayNode rules = spec(changed).withArray(isIngress ? "ingress" : "egress");
        rule(rules, isIngress ? "from" : "to", number);
        return changed;
    }

    private static ObjectNode annotated(ObjectNode policy, int number) {
        ObjectNode changed = policy.deepCopy();
        ((ObjectNode) changed.get("metadata")).putObject("annotations").put("revision", "r" + number);
        return changed;
    }

    /** Its pods are isolated already, so that this only allows more. */
    private static ObjectNode metricsAllowed(ObjectNode policy, int number) {
        ObjectNode created = named(policy, "allow-metrics-" + number);
        ObjectNode spec = created.putObject("spec");
        spec.set("podSelector", spec(policy).get("podSelector"));
        spec.putArray("policyTypes").add("Ingress");
        rule(spec.putArray("ingress"), "from", number);
        return created;
    }

    private static ObjectNode withoutRules(ObjectNode policy) {
        ObjectNode changed = policy.deepCopy();
        spec(changed).remove(List.of("ingress", "egress"));
        return changed;
    }

    private static ObjectNode everythingDenied(ObjectNode policy, int number) {
        ObjectNode created = named(policy, "deny-all-" + number);
        ObjectNode spec = created.putObject("spec");
        spec.putObject("podSelector");
        spec.putArray("policyTypes").add("Ingress").add("Egress");
        return created;
    }

    private static ObjectNode named(ObjectNode policy, String name) {
        ObjectNode created = policy.deepCopy();
        ((ObjectNode) created.get("metadata")).put("name", name);
        return created;
    }

    /** One port is enough, and each review has another. */
    private static void rule(ArrayNode rules, String peers, int number) {
        ObjectNode rule = rules.addObject();
        rule.putArray(peers)
                .addObject()
                .putObject("namespaceSelector")
                .putObject("matchLabels")
                .put("kubernetes.io/metadata.name", "monitoring");
        rule.putArray("ports").addObject().put("protocol", "TCP").put("port", 9_000 + number % 50_000);
    }

    private static ObjectNode spec(ObjectNode policy) {
        return (ObjectNode) policy.get("spec");
    }
}
