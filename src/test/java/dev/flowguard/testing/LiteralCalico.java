package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Calico once more, slowly and word by word, from the objects as they are written (OTHER-POLICIES section 2): tiers of ordered policies
 * of ordered rules, over the labels that Felix gives to endpoints. It shares nothing with the engine. Selectors are not read: whoever
 * made the cluster knows what each means.
 */
public final class LiteralCalico {
    /** What becomes of one kind of traffic on one side: all that may come out. */
    public enum Outcome {
        ALLOWED,
        DENIED
    }

    /**
     * An end.
     *
     * @param pod empty for an address outside
     */
    public record End(String pod, String ip) {
        boolean isPod() {
            return !pod.isEmpty();
        }
    }

    /** One kind of traffic, of the family of its ends' addresses; the port means nothing for ICMP. */
    public record Flow(End from, End to, String protocol, int port) {
        boolean isSix() {
            return from.ip().indexOf(':') >= 0;
        }
    }

    private record Tier(String name, double order, boolean passes) {}

    private record Ordered(double order, String tie, String namespace, JsonNode object) {}

    private static final double LAST = Double.POSITIVE_INFINITY;
    private static final Map<String, Integer> NUMBERS =
            Map.of("TCP", 6, "UDP", 17, "SCTP", 132, "ICMP", 1, "ICMPv6", 58);

    private final List<ObjectNode> objects;

    /** By its text: of labels, and of the prefix before its keys. */
    private final Map<String, BiPredicate<Map<String, String>, String>> selectors;

    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Map<String, JsonNode> pods = new HashMap<>();
    private final LiteralCalicoAdmin admin;

    /** The policies without types that go by which lists are there, in the reading that is being tried. */
    private final Set<JsonNode> byPresence = Collections.newSetFromMap(new IdentityHashMap<>());

    public LiteralCalico(List<ObjectNode> objects, Map<String, BiPredicate<Map<String, String>, String>> selectors) {
        this.objects = objects;
        this.selectors = selectors;
        this.admin = new LiteralCalicoAdmin(this);
        for (JsonNode pod : of("Pod")) {
            String key = namespace(pod) + "/" + name(pod);
            pods.put(key, pod);
            labels.put(key, labelsOf(pod));
        }
    }

    /** All that may come out of both sides together; one where it is sure. */
    public Set<Outcome> outcomes(Flow flow) {
        Set<Outcome> both = new LinkedHashSet<>();
        for (Outcome egress : side(flow, true)) {
            for (Outcome ingress : side(flow, false)) {
                both.add(egress == Outcome.ALLOWED && ingress == Outcome.ALLOWED ? Outcome.ALLOWED : Outcome.DENIED);
            }
        }
        return both;
    }

    /** By what is written, and again by what is there, where a policy without types has an empty list (K9). */
    private Set<Outcome> side(Flow flow, boolean egress) {
        End subject = egress ? flow.from() : flow.to();
        if (!subject.isPod()) {
            return Set.of(Outcome.ALLOWED);
        }
        Set<Outcome> outcomes = new LinkedHashSet<>();
        List<JsonNode> uncertain = of("NetworkPolicy", "GlobalNetworkPolicy").stream()
                .filter(policy -> isCalico(policy)
                        && holds(policy.path("spec"), egress, false) != holds(policy.path("spec"), egress, true))
                .toList();
        for (int way = 0; way < 1 << uncertain.size(); way++) {
            byPresence.clear();
            for (int i = 0; i < uncertain.size(); i++) {
                if ((way & 1 << i) != 0) {
                    byPresence.add(uncertain.get(i));
                }
            }
            outcomes.addAll(tiers(flow, subject, egress, sortedTiers(), 0));
        }
        return outcomes;
    }

    private static boolean isCalico(JsonNode object) {
        return object.path("apiVersion").asText().startsWith("projectcalico.org");
    }

    private List<Tier> sortedTiers() {
        Map<String, Tier> tiers = new TreeMap<>();
        tiers.put("default", new Tier("default", 1e6, false));
        tiers.put("kube-admin", new Tier("kube-admin", 1e3, true));
        tiers.put("kube-baseline", new Tier("kube-baseline", 1e7, true));
        for (JsonNode tier : of("Tier")) {
            tiers.put(
                    name(tier),
                    new Tier(
                            name(tier),
                            tier.path("spec").path("order").asDouble(LAST),
                            tier.path("spec").path("defaultAction").asText().equals("Pass")));
        }
        return tiers.values().stream()
                .sorted(Comparator.comparingDouble(Tier::order).thenComparing(Tier::name))
                .toList();
    }

    private Set<Outcome> tiers(Flow flow, End subject, boolean egress, List<Tier> tiers, int index) {
        if (index == tiers.size()) {
            return Set.of(Outcome.ALLOWED);
        }
        List<Ordered> policies = applying(tiers.get(index).name(), subject, egress);
        if (policies.isEmpty()) {
            return tiers(flow, subject, egress, tiers, index + 1);
        }
        List<RuleOf> rules = new ArrayList<>();
        for (Ordered policy : policies) {
            rulesOf(policy, egress).forEach(rule -> rules.add(new RuleOf(policy, rule)));
        }
        return rules(flow, subject, egress, tiers, index, rules, 0);
    }

    private record RuleOf(Ordered policy, JsonNode rule) {}

    private Set<Outcome> rules(
            Flow flow, End subject, boolean egress, List<Tier> tiers, int index, List<RuleOf> rules, int from) {
        for (int i = from; i < rules.size(); i++) {
            RuleOf each = rules.get(i);
            String action = each.rule().path("action").asText();
            if (action.equals("Log") || !matches(each, flow, egress)) {
                continue;
            }
            boolean sure = !each.rule().has("http")
                    && senderPorts(each.rule()) != Sender.MAY_CHOOSE
                    && (hasPorts(flow) || !each.rule().has("kubernetes"));
            Set<Outcome> decided = action.equals("Pass")
                    ? tiers(flow, subject, egress, tiers, index + 1)
                    : Set.of(action.equals("Allow") ? Outcome.ALLOWED : Outcome.DENIED);
            if (sure) {
                return decided;
            }
            Set<Outcome> either = new LinkedHashSet<>(decided);
            either.addAll(rules(flow, subject, egress, tiers, index, rules, i + 1));
            return either;
        }
        if (tiers.get(index).passes()) {
            return tiers(flow, subject, egress, tiers, index + 1);
        }
        // What only NetworkPolicies isolate from, they say nothing of where it has no ports (SEMANTICS Q18).
        boolean ofKubernetes =
                applying(tiers.get(index).name(), subject, egress).stream().allMatch(LiteralCalico::isOfKubernetes);
        if (hasPorts(flow) || !ofKubernetes) {
            return Set.of(Outcome.DENIED);
        }
        Set<Outcome> either = new LinkedHashSet<>(tiers(flow, subject, egress, tiers, index + 1));
        either.add(Outcome.DENIED);
        return either;
    }

    /** Whether a sender can choose one of the ports that the rule has for it: it takes one from 1024 up (K21). */
    private enum Sender {
        ALWAYS_HAS_ONE,
        MAY_CHOOSE,
        NEVER_HAS_ONE
    }

    private static Sender senderPorts(JsonNode rule) {
        JsonNode ports = rule.path("source").path("ports");
        if (ports.isEmpty()) {
            return Sender.ALWAYS_HAS_ONE;
        }
        int most = 0;
        boolean all = false;
        for (JsonNode port : ports) {
            String[] range = port.asText().split(":");
            int last = Integer.parseInt(range[range.length - 1]);
            most = Math.max(most, last);
            all |= Integer.parseInt(range[0]) <= 1024 && last == 65535;
        }
        return all ? Sender.ALWAYS_HAS_ONE : most < 1024 ? Sender.NEVER_HAS_ONE : Sender.MAY_CHOOSE;
    }

    /** The policies of the tier that select the end in this direction, of all kinds, in their order. */
    private List<Ordered> applying(String tier, End subject, boolean egress) {
        List<Ordered> policies = new ArrayList<>();
        Map<String, String> own = at(labels, subject.pod());
        for (JsonNode object : objects) {
            String kind = object.path("kind").asText();
            boolean calico = isCalico(object);
            JsonNode spec = object.path("spec");
            String namespace = namespace(object);
            boolean global = kind.equals("GlobalNetworkPolicy");
            if (calico && (global || kind.equals("NetworkPolicy"))) {
                if (spec.path("tier").asText("default").equals(tier)
                        && holds(spec, egress, byPresence.contains(object))
                        && (global || namespace.equals(own.get("projectcalico.org/namespace")))
                        && selected(spec, "selector", own, "")
                        && selected(spec, "namespaceSelector", own, "pcns.")
                        && selected(spec, "serviceAccountSelector", own, "pcsa.")) {
                    policies.add(new Ordered(
                            spec.path("order").asDouble(LAST),
                            name(object) + "/" + namespace + "/" + kind,
                            namespace,
                            object));
                }
            } else if (kind.equals("ClusterNetworkPolicy")) {
                boolean ofTier =
                        tier.equals(spec.path("tier").asText().equals("Admin") ? "kube-admin" : "kube-baseline");
                if (ofTier && spec.path(egress ? "egress" : "ingress").size() > 0 && admin.selects(spec, own)) {
                    policies.add(new Ordered(spec.path("priority").asInt(), name(object) + "//" + kind, "", object));
                }
            } else if (kind.equals("NetworkPolicy") && tier.equals("default")) {
                boolean typed = false;
                for (JsonNode type : spec.path("policyTypes")) {
                    typed |= type.asText().equals(egress ? "Egress" : "Ingress");
                }
                if (typed
                        && namespace.equals(own.get("projectcalico.org/namespace"))
                        && matchLabels(spec.path("podSelector"), own, "")) {
                    policies.add(new Ordered(
                            1000, name(object) + "/" + namespace + "/KubernetesNetworkPolicy", namespace, object));
                }
            }
        }
        policies.sort(Comparator.comparingDouble(Ordered::order).thenComparing(Ordered::tie));
        return policies;
    }

    private boolean selected(JsonNode spec, String field, Map<String, String> own, String prefix) {
        String text = spec.path(field).asText();
        return text.isEmpty() || at(selectors, text).test(own, prefix);
    }

    private static boolean holds(JsonNode spec, boolean egress, boolean byPresence) {
        if (spec.has("types")) {
            for (JsonNode type : spec.path("types")) {
                if (type.asText().equals(egress ? "Egress" : "Ingress")) {
                    return true;
                }
            }
            return false;
        }
        boolean hasEgress =
                byPresence ? spec.has("egress") : spec.path("egress").size() > 0;
        boolean hasIngress =
                byPresence ? spec.has("ingress") : spec.path("ingress").size() > 0;
        return egress ? hasEgress : !hasEgress || hasIngress;
    }

    /** A NetworkPolicy's rule becomes one rule for each pair of a peer and a port, which for a first match is the same as all in one. */
    private static List<JsonNode> rulesOf(Ordered policy, boolean egress) {
        List<JsonNode> rules = new ArrayList<>();
        policy.object().path("spec").path(egress ? "egress" : "ingress").forEach(rules::add);
        if (policy.tie().endsWith("//ClusterNetworkPolicy")) {
            return LiteralCalicoAdmin.rules(rules);
        }
        if (isOfKubernetes(policy)) {
            return rules.stream()
                    .<JsonNode>map(rule -> ((ObjectNode) rule.deepCopy())
                            .put("action", "Allow")
                            .put("kubernetes", true))
                    .toList();
        }
        return rules;
    }

    private static boolean isOfKubernetes(Ordered policy) {
        return policy.tie().endsWith("/KubernetesNetworkPolicy");
    }

    private boolean matches(RuleOf each, Flow flow, boolean egress) {
        JsonNode rule = each.rule();
        String namespace = each.policy().namespace();
        if (rule.has("kubernetes")) {
            return kubernetesRule(rule, namespace, flow, egress);
        }
        if (each.policy().tie().endsWith("//ClusterNetworkPolicy")) {
            return admin.matches(rule, flow, egress);
        }
        boolean version = !rule.has("ipVersion") || rule.path("ipVersion").asInt() == (flow.isSix() ? 6 : 4);
        boolean protocol = !rule.has("protocol") || isOf(rule.path("protocol"), flow);
        boolean notProtocol = !rule.has("notProtocol") || !isOf(rule.path("notProtocol"), flow);
        return version
                && senderPorts(rule) != Sender.NEVER_HAS_ONE
                && protocol
                && notProtocol
                && entity(rule.path("source"), namespace, flow.from())
                && entity(rule.path("destination"), namespace, flow.to())
                && ports(rule.path("destination"), "ports", flow, true)
                && ports(rule.path("destination"), "notPorts", flow, false)
                && service(rule.path("source").path("services"), flow.from(), flow, false)
                && service(rule.path("destination").path("services"), flow.to(), flow, true);
    }

    private static boolean isOf(JsonNode protocol, Flow flow) {
        int number = at(NUMBERS, hasPorts(flow) || !flow.isSix() ? flow.protocol() : "ICMPv6");
        return protocol.isNumber() ? protocol.asInt() == number : NUMBERS.getOrDefault(protocol.asText(), 0) == number;
    }

    private boolean entity(JsonNode entity, String namespace, End end) {
        boolean given = false;
        List<BiPredicate<Map<String, String>, String>> all = new ArrayList<>();
        for (String[] field : new String[][] {{"selector", ""}, {"namespaceSelector", "pcns."}}) {
            String text = entity.path(field[0]).asText();
            if (!text.isEmpty()) {
                given = true;
                all.add((found, none) -> at(selectors, text).test(found, field[1]));
            }
        }
        JsonNode accounts = entity.path("serviceAccounts");
        if (!accounts.path("selector").asText().isEmpty()) {
            given = true;
            String text = accounts.path("selector").asText();
            all.add((found, none) -> at(selectors, text).test(found, "pcsa."));
        }
        if (accounts.path("names").size() > 0) {
            given = true;
            List<String> names = new ArrayList<>();
            accounts.path("names").forEach(name -> names.add(name.asText()));
            all.add((found, none) -> names.contains(found.getOrDefault("projectcalico.org/serviceaccount", "")));
        }
        String not = entity.path("notSelector").asText();
        boolean ownOnly = !namespace.isEmpty()
                && entity.path("namespaceSelector").asText().isEmpty()
                && (given || !not.isEmpty());
        if (ownOnly) {
            all.add((found, none) -> namespace.equals(found.get("projectcalico.org/namespace")));
        }
        boolean positive = all.isEmpty() || endpoint(end, found -> all.stream().allMatch(test -> test.test(found, "")));
        boolean negative =
                not.isEmpty() || !endpoint(end, found -> at(selectors, not).test(found, ""));
        boolean nets = entity.path("nets").isEmpty() || in(entity.path("nets"), end.ip());
        boolean notNets = entity.path("notNets").isEmpty() || !in(entity.path("notNets"), end.ip());
        return positive && negative && nets && notNets;
    }

    private interface Test {
        boolean of(Map<String, String> labels);
    }

    /** A pod with such labels, or an address in a set with such labels. */
    private boolean endpoint(End end, Test test) {
        if (end.isPod() && test.of(at(labels, end.pod()))) {
            return true;
        }
        for (JsonNode object : objects) {
            String kind = object.path("kind").asText();
            if ((kind.equals("NetworkSet") || kind.equals("GlobalNetworkSet"))
                    && test.of(labelsOfSet(object))
                    && in(object.path("spec").path("nets"), end.ip())) {
                return true;
            }
        }
        return false;
    }

    private boolean ports(JsonNode destination, String field, Flow flow, boolean wanted) {
        if (destination.path(field).isEmpty()) {
            return true;
        }
        boolean listed = false;
        for (JsonNode port : destination.path(field)) {
            String text = port.asText();
            if (text.matches("\\d+")) {
                listed |= hasPorts(flow) && flow.port() == Integer.parseInt(text);
            } else if (text.matches("\\d+:\\d+")) {
                int colon = text.indexOf(':');
                listed |= hasPorts(flow)
                        && flow.port() >= Integer.parseInt(text.substring(0, colon))
                        && flow.port() <= Integer.parseInt(text.substring(colon + 1));
            } else {
                listed |= hasNamed(flow, text);
            }
        }
        return listed == wanted;
    }

    static boolean hasPorts(Flow flow) {
        return !flow.protocol().equals("ICMP");
    }

    boolean hasNamed(Flow flow, String name) {
        if (!flow.to().isPod() || !hasPorts(flow)) {
            return false;
        }
        for (JsonNode container : at(pods, flow.to().pod()).path("spec").path("containers")) {
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

    private boolean service(JsonNode match, End end, Flow flow, boolean withPort) {
        if (match.isMissingNode()) {
            return true;
        }
        for (JsonNode service : of("Service")) {
            if (name(service).equals(match.path("name").asText())
                    && namespace(service).equals(match.path("namespace").asText())
                    && end.isPod()
                    && end.pod().startsWith(namespace(service) + "/")
                    && matchAll(service.path("spec").path("selector"), at(labels, end.pod()), "")) {
                for (JsonNode port : service.path("spec").path("ports")) {
                    if (!withPort
                            || (port.path("targetPort").asInt() == flow.port()
                                    && port.path("protocol").asText().equals(flow.protocol()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean kubernetesRule(JsonNode rule, String namespace, Flow flow, boolean egress) {
        JsonNode peers = rule.path(egress ? "to" : "from");
        End other = egress ? flow.to() : flow.from();
        boolean peer = peers.isEmpty();
        for (JsonNode each : peers) {
            if (each.has("ipBlock")) {
                peer |= in(each.path("ipBlock").path("cidr"), other.ip());
            } else if (other.isPod()) {
                Map<String, String> found = at(labels, other.pod());
                boolean there = each.has("namespaceSelector")
                        ? matchLabels(each.path("namespaceSelector"), found, "pcns.")
                        : namespace.equals(found.get("projectcalico.org/namespace"));
                peer |= there && matchLabels(each.path("podSelector"), found, "");
            }
        }
        boolean port = rule.path("ports").isEmpty() || !hasPorts(flow);
        for (JsonNode each : rule.path("ports")) {
            port |= each.path("protocol").asText().equals(flow.protocol())
                    && each.path("port").asInt() == flow.port();
        }
        return peer && port;
    }

    static boolean matchLabels(JsonNode selector, Map<String, String> found, String prefix) {
        return matchAll(selector.path("matchLabels"), found, prefix);
    }

    private static boolean matchAll(JsonNode wanted, Map<String, String> found, String prefix) {
        boolean all = true;
        for (var fields = wanted.fields(); fields.hasNext(); ) {
            var label = fields.next();
            all &= label.getValue().asText().equals(found.get(prefix + label.getKey()));
        }
        return all;
    }

    private Map<String, String> labelsOf(JsonNode pod) {
        String account = pod.path("spec").path("serviceAccountName").asText("default");
        Map<String, String> all = new TreeMap<>(inherited(namespace(pod)));
        for (JsonNode each : of("ServiceAccount")) {
            if (name(each).equals(account) && namespace(each).equals(namespace(pod))) {
                put(all, "pcsa.", each);
            }
        }
        all.put("pcsa.projectcalico.org/name", account);
        put(all, "", pod);
        all.put("projectcalico.org/namespace", namespace(pod));
        all.put("projectcalico.org/orchestrator", "k8s");
        all.put("projectcalico.org/serviceaccount", account);
        return all;
    }

    Map<String, String> labelsOfSet(JsonNode set) {
        if (namespace(set).isEmpty()) {
            Map<String, String> own = new TreeMap<>();
            put(own, "", set);
            return own;
        }
        Map<String, String> all = new TreeMap<>(inherited(namespace(set)));
        put(all, "", set);
        all.put("projectcalico.org/namespace", namespace(set));
        return all;
    }

    private Map<String, String> inherited(String namespace) {
        Map<String, String> all = new TreeMap<>();
        for (JsonNode each : of("Namespace")) {
            if (name(each).equals(namespace)) {
                put(all, "pcns.", each);
            }
        }
        all.put("pcns.projectcalico.org/name", namespace);
        return all;
    }

    private static void put(Map<String, String> all, String prefix, JsonNode object) {
        object.path("metadata")
                .path("labels")
                .fields()
                .forEachRemaining(label ->
                        all.put(prefix + label.getKey(), label.getValue().asText()));
    }

    List<JsonNode> of(String... kinds) {
        return objects.stream()
                .filter(object -> List.of(kinds).contains(object.path("kind").asText()))
                .<JsonNode>map(object -> object)
                .toList();
    }

    static boolean in(JsonNode nets, String ip) {
        if (nets.isTextual()) {
            return in(nets.asText(), ip);
        }
        for (JsonNode net : nets) {
            if (in(net.asText(), ip)) {
                return true;
            }
        }
        return false;
    }

    private static boolean in(String net, String ip) {
        byte[] inside = bytes(net.substring(0, net.indexOf('/')));
        byte[] asked = bytes(ip);
        int bits = Integer.parseInt(net.substring(net.indexOf('/') + 1));
        if (inside.length != asked.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int shift = 7 - bit % 8;
            if ((inside[bit / 8] >> shift & 1) != (asked[bit / 8] >> shift & 1)) {
                return false;
            }
        }
        return true;
    }

    /** Of an address in numbers, so that nobody is asked for it. */
    private static byte[] bytes(String ip) {
        try {
            return InetAddress.getByName(ip).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    /** The labels of a pod, those that it inherits included. */
    Map<String, String> labels(End end) {
        return at(labels, end.pod());
    }

    /** What is there under that key. */
    private static <T> T at(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }
}
