package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A cluster as its objects are written, for the slow twins of the engine: labels, addresses and ports, one look at a time. */
public final class LiteralObjects {
    /** What becomes of one kind of traffic on one side: all that may come out. */
    public enum Outcome {
        ALLOWED,
        DENIED
    }

    /**
     * An end.
     *
     * @param pod {@code namespace/name}; empty for an address outside, {@code node} for that of a node
     */
    public record End(String pod, String ip) {
        public boolean isPod() {
            return pod.indexOf('/') > 0;
        }

        public boolean isNode() {
            return pod.equals("node");
        }

        public boolean isOutside() {
            return pod.isEmpty();
        }

        String namespace() {
            return pod.substring(0, pod.indexOf('/'));
        }
    }

    /** One kind of traffic. */
    public record Flow(End from, End to, String protocol, int port) {}

    /** A term of a selector: {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}. */
    public record Term(String key, String operator, List<String> values) {
        boolean isNegative() {
            return operator.equals("NotIn") || operator.equals("DoesNotExist");
        }

        boolean holds(Map<String, String> labels) {
            boolean among = labels.containsKey(key) && (values.isEmpty() || values.contains(labels.get(key)));
            return isNegative() != among;
        }
    }

    private final List<ObjectNode> objects;

    LiteralObjects(List<ObjectNode> objects) {
        this.objects = objects;
    }

    /** Both sides must let it through. */
    static Set<Outcome> both(Set<Outcome> egress, Set<Outcome> ingress) {
        Set<Outcome> both = EnumSet.noneOf(Outcome.class);
        for (Outcome out : egress) {
            for (Outcome in : ingress) {
                both.add(out == Outcome.ALLOWED ? in : Outcome.DENIED);
            }
        }
        return both;
    }

    List<JsonNode> of(String... kinds) {
        List<JsonNode> found = new ArrayList<>();
        for (ObjectNode object : objects) {
            if (List.of(kinds).contains(object.path("kind").asText())) {
                found.add(object);
            }
        }
        return found;
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    JsonNode pod(End end) {
        return of("Pod").stream()
                .filter(pod -> (namespace(pod) + "/" + name(pod)).equals(end.pod()))
                .findFirst()
                .orElseThrow();
    }

    static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new TreeMap<>();
        object.path("metadata")
                .path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    Map<String, String> labelsOfNamespace(String name) {
        return of("Namespace").stream()
                .filter(namespace -> name(namespace).equals(name))
                .findFirst()
                .map(LiteralObjects::labels)
                .orElseThrow();
    }

    /** The labels of a pod's identity, without their sources (L9). */
    Map<String, String> identity(End end) {
        Map<String, String> labels = labels(pod(end));
        labels.put("io.kubernetes.pod.namespace", end.namespace());
        labels.put("io.cilium.k8s.policy.cluster", "default");
        labels.put(
                "io.cilium.k8s.policy.serviceaccount",
                pod(end).path("spec").path("serviceAccountName").asText("default"));
        labelsOfNamespace(end.namespace())
                .forEach((key, value) -> labels.put("io.cilium.k8s.namespace.labels." + key, value));
        return labels;
    }

    static List<Term> terms(JsonNode selector) {
        List<Term> terms = new ArrayList<>();
        selector.path("matchLabels")
                .fields()
                .forEachRemaining(label -> terms.add(new Term(
                        bare(label.getKey()), "In", List.of(label.getValue().asText()))));
        for (JsonNode each : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asText()));
            terms.add(new Term(
                    bare(each.path("key").asText()), each.path("operator").asText(), values));
        }
        return terms;
    }

    private static String bare(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    boolean isBehind(JsonNode named, End end) {
        for (JsonNode service : of("Service")) {
            String namespace = namespace(service);
            if (name(service).equals(named.path("serviceName").asText())
                    && namespace.equals(named.path("namespace").asText())) {
                JsonNode selector = service.path("spec").path("selector");
                return selector.isMissingNode()
                        ? end.isOutside() && publishes(namespace, name(service), end.ip())
                        : end.isPod() && end.namespace().equals(namespace) && carries(selector, end);
            }
        }
        return false;
    }

    boolean isApiServer(String ip) {
        return publishes("default", "kubernetes", ip);
    }

    private boolean publishes(String namespace, String service, String ip) {
        return of("EndpointSlice").stream()
                .filter(slice -> namespace(slice).equals(namespace)
                        && labels(slice)
                                .getOrDefault("kubernetes.io/service-name", "")
                                .equals(service))
                .anyMatch(slice -> slice.path("endpoints").toString().contains("\"" + ip + "\""));
    }

    private boolean carries(JsonNode selector, End end) {
        Map<String, String> labels = labels(pod(end));
        boolean all = true;
        for (var fields = selector.fields(); fields.hasNext(); ) {
            var label = fields.next();
            all &= label.getValue().asText().equals(labels.get(label.getKey()));
        }
        return all;
    }

    boolean hasNamed(Flow flow, String name) {
        if (!flow.to().isPod()) {
            return false;
        }
        for (JsonNode container : pod(flow.to()).path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("name").asText().equals(name)
                        && port.path("protocol").asText().equals(flow.protocol())
                        && port.path("containerPort").asInt() == flow.port()) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean inSet(JsonNode set, String ip) {
        List<String> blocks = new ArrayList<>();
        if (set.has("cidr")) {
            blocks.add(set.path("cidr").asText());
        }
        for (JsonNode group : of("CiliumCIDRGroup")) {
            if (name(group).equals(set.path("cidrGroupRef").asText())) {
                group.path("spec").path("externalCIDRs").forEach(block -> blocks.add(block.asText()));
            }
        }
        boolean excepted = false;
        for (JsonNode except : set.path("except")) {
            excepted |= in(except.asText(), ip);
        }
        return !excepted && blocks.stream().anyMatch(block -> in(block, ip));
    }

    static boolean in(String block, String ip) {
        String[] parts = block.split("/");
        byte[] base = bytes(parts[0]);
        byte[] address = bytes(ip);
        int host = base.length * 8 - Integer.parseInt(parts[1]);
        return base.length == address.length
                && new BigInteger(1, base).shiftRight(host).equals(new BigInteger(1, address).shiftRight(host));
    }

    private static byte[] bytes(String ip) {
        try {
            return InetAddress.getByName(ip).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ip, e);
        }
    }
}
