package dev.flowguard.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

/** A small cluster with policies of Calico of every shape, and NetworkPolicies among them. */
public final class RandomCalico {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMESPACES = List.of("x", "y");
    private static final List<String> KEYS = List.of("pod", "role", "set");
    private static final List<String> VALUES = List.of("a", "b", "ab");
    private static final List<String> NETS =
            List.of("10.0.0.0/24", "10.0.1.0/24", "10.0.0.1/32", "10.0.1.2/32", "192.0.2.0/24", "192.0.2.128/25");
    private static final List<String> NETS_6 =
            List.of("fd00:0:0:1::/64", "fd00::1/128", "fd00:0:0:1::2/128", "2001:db8::/32", "2001:db8:0:8000::/49");

    private final Dice dice;
    private final List<ObjectNode> objects = new ArrayList<>();
    private final Map<String, BiPredicate<Map<String, String>, String>> selectors = new HashMap<>();

    public RandomCalico(long seed) {
        this.dice = new Dice(seed);
        pods();
        tiers();
        sets();
        for (int i = dice.below(6); i >= 0; i--) {
            policy(i);
        }
        for (int i = dice.below(3); i > 0; i--) {
            networkPolicy(i);
        }
        for (int i = dice.below(4); i > 0; i--) {
            clusterPolicy(i);
        }
    }

    public List<ObjectNode> objects() {
        return objects;
    }

    public LiteralCalico literal() {
        return new LiteralCalico(objects, selectors);
    }

    /** Pods and addresses, by {@code namespace/pod} or empty, and their address of that family. */
    public List<LiteralCalico.End> ends(boolean six) {
        List<LiteralCalico.End> ends = new ArrayList<>();
        for (ObjectNode each : objects) {
            if (each.path("kind").asText().equals("Pod")) {
                ends.add(new LiteralCalico.End(
                        each.path("metadata").path("namespace").asText() + "/"
                                + each.path("metadata").path("name").asText(),
                        each.path("status")
                                .path("podIPs")
                                .path(six ? 1 : 0)
                                .path("ip")
                                .asText()));
            }
        }
        List<String> outside = six
                ? List.of("2001:db8::1", "2001:db8:0:8000::1", "2001:db9::5")
                : List.of("192.0.2.1", "192.0.2.200", "203.0.113.5");
        outside.forEach(ip -> ends.add(new LiteralCalico.End("", ip)));
        return ends;
    }

    private void pods() {
        for (String namespace : NAMESPACES) {
            ObjectNode made = object("v1", "Namespace", "", namespace);
            label(made, "team", 70);
            label(made, "env", 40);
            ObjectNode account = object("v1", "ServiceAccount", namespace, "runner");
            label(account, "job", 60);
            ObjectNode service = object("v1", "Service", namespace, "svc");
            service.withObject("/spec/selector").put("pod", "a");
            service.withObject("/spec")
                    .putArray("ports")
                    .addObject()
                    .put("port", 8000)
                    .put("targetPort", 80)
                    .put("protocol", "TCP");
            for (int i = 1; i <= 2; i++) {
                ObjectNode pod = object("v1", "Pod", namespace, "p" + i);
                // Pods that nothing tells apart are one workload, and an address block may hold one of them only.
                ((ObjectNode) pod.path("metadata")).withObject("/labels").put("n", "p" + i);
                label(pod, "pod", 90);
                label(pod, "role", 50);
                ObjectNode spec = pod.putObject("spec");
                if (dice.chance(50)) {
                    spec.put("serviceAccountName", "runner");
                }
                ArrayNode ports = spec.putArray("containers")
                        .addObject()
                        .put("name", "c")
                        .put("image", "i")
                        .putArray("ports");
                ports.addObject()
                        .put("name", "web")
                        .put("containerPort", dice.oneOf(80, 81))
                        .put("protocol", "TCP");
                ports.addObject().put("name", "dns").put("containerPort", 53).put("protocol", dice.oneOf("UDP", "TCP"));
                String ip = "10.0." + NAMESPACES.indexOf(namespace) + "." + i;
                ArrayNode ips = pod.putObject("status")
                        .put("phase", "Running")
                        .put("podIP", ip)
                        .putArray("podIPs");
                ips.addObject().put("ip", ip);
                ips.addObject().put("ip", "fd00:0:0:" + NAMESPACES.indexOf(namespace) + "::" + i);
            }
        }
    }

    private void label(ObjectNode object, String key, int percent) {
        if (dice.chance(percent)) {
            ((ObjectNode) object.path("metadata")).withObject("/labels").put(key, dice.oneOf(VALUES));
        }
    }

    private void tiers() {
        for (String name : List.of("sec", "app")) {
            ObjectNode spec = object("projectcalico.org/v3", "Tier", "", name).putObject("spec");
            if (dice.chance(80)) {
                spec.put("order", dice.oneOf(10.5, 999.0, 1000.0, 5000.0, 1e6, 2e6, 3e7));
            }
            if (dice.chance(40)) {
                spec.put("defaultAction", dice.oneOf("Pass", "Deny"));
            }
        }
    }

    private void sets() {
        for (int i = dice.below(3); i > 0; i--) {
            boolean global = dice.chance(60);
            ObjectNode set = object(
                    "projectcalico.org/v3",
                    global ? "GlobalNetworkSet" : "NetworkSet",
                    global ? "" : dice.oneOf(NAMESPACES),
                    "set" + i);
            label(set, "set", 80);
            label(set, "role", 30);
            ArrayNode nets = set.putObject("spec").putArray("nets");
            dice.some(NETS, 2).forEach(nets::add);
            dice.some(NETS_6, dice.below(3)).forEach(nets::add);
        }
    }

    private void policy(int index) {
        boolean global = dice.chance(50);
        ObjectNode policy = object(
                "projectcalico.org/v3",
                global ? "GlobalNetworkPolicy" : "NetworkPolicy",
                global ? "" : dice.oneOf(NAMESPACES),
                dice.oneOf("p", "n") + index);
        ObjectNode spec = policy.putObject("spec");
        if (dice.chance(50)) {
            spec.put("tier", dice.oneOf("sec", "app", "default"));
        }
        if (dice.chance(70)) {
            spec.put("order", dice.oneOf(-1.0, 10.0, 999.5, 1000.0, 1000.0, 2000.0));
        }
        maybeSelector(spec, "selector", 80, false);
        maybeSelector(spec, "serviceAccountSelector", 10, false);
        if (global) {
            maybeSelector(spec, "namespaceSelector", 25, false);
        }
        if (dice.chance(40)) {
            ArrayNode types = spec.putArray("types");
            dice.oneOf(List.of("Ingress"), List.of("Egress"), List.of("Egress", "Ingress"))
                    .forEach(types::add);
        }
        rules(spec, "ingress", global);
        rules(spec, "egress", global);
        for (String section : List.of("ingress", "egress")) {
            if (!spec.has(section) && dice.chance(4)) {
                spec.putArray(section);
            }
        }
    }

    /** Of its tier no two have one priority: what is first then is not said (C3). */
    private void clusterPolicy(int priority) {
        ObjectNode spec = object("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", "", "c" + priority)
                .putObject("spec");
        spec.put("tier", dice.oneOf("Admin", "Baseline")).put("priority", priority);
        namesPods(spec.putObject("subject"));
        for (String section : List.of("ingress", "egress")) {
            if (dice.chance(60)) {
                ArrayNode rules = spec.putArray(section);
                for (int i = dice.below(3); i >= 0; i--) {
                    clusterRule(rules.addObject(), section.equals("egress"));
                }
            }
        }
    }

    private void clusterRule(ObjectNode rule, boolean egress) {
        rule.put("action", dice.oneOf("Accept", "Deny", "Pass"));
        ArrayNode peers = rule.putArray(egress ? "to" : "from");
        for (int i = dice.below(2); i >= 0; i--) {
            ObjectNode peer = peers.addObject();
            if (egress && dice.chance(30)) {
                peer.putArray("networks").add(dice.oneOf(dice.chance(25) ? NETS_6 : NETS));
            } else if (egress && dice.chance(4)) {
                peer.putObject("nodes");
            } else {
                namesPods(peer);
            }
        }
        if (dice.chance(40)) {
            ObjectNode protocol = rule.putArray("protocols").addObject();
            switch (dice.below(4)) {
                case 0 -> protocol.put("destinationNamedPort", dice.oneOf("web", "dns"));
                case 1 ->
                    protocol.withObject("/tcp/destinationPort/range")
                            .put("start", 80)
                            .put("end", 85);
                default ->
                    protocol.withObject("/" + dice.oneOf("tcp", "udp", "sctp") + "/destinationPort")
                            .put("number", dice.oneOf(80, 53));
            }
        }
    }

    private void namesPods(ObjectNode named) {
        if (dice.chance(50)) {
            maybeMatches(named.putObject("namespaces"), "team");
        } else {
            ObjectNode pods = named.putObject("pods");
            if (dice.chance(80)) {
                maybeMatches(pods.putObject("namespaceSelector"), "team");
            }
            maybeMatches(pods.putObject("podSelector"), dice.oneOf("pod", "role"));
        }
    }

    private void maybeMatches(ObjectNode selector, String key) {
        if (dice.chance(50)) {
            selector.withObject("/matchLabels").put(key, dice.oneOf(VALUES));
        }
    }

    private void rules(ObjectNode spec, String section, boolean global) {
        int count = dice.below(4);
        if (count == 0) {
            return;
        }
        ArrayNode rules = spec.putArray(section);
        for (int i = 0; i < count; i++) {
            rule(rules.addObject(), section.equals("ingress"), global);
        }
    }

    private void rule(ObjectNode rule, boolean ingress, boolean global) {
        String action = dice.oneOf("Allow", "Allow", "Deny", "Pass", "Log");
        rule.put("action", action);
        // All blocks of a rule are of one family (K17).
        List<String> nets = dice.chance(20) ? NETS_6 : NETS;
        int version = nets == NETS ? 4 : 6;
        boolean withPorts = dice.chance(50);
        if (withPorts) {
            rule.put("protocol", dice.oneOf("TCP", "TCP", "UDP"));
        } else if (dice.chance(20)) {
            if (dice.chance(50)) {
                rule.put("protocol", dice.oneOf(6, 17, 132, 47, 1, 58));
            } else {
                rule.put(dice.oneOf("protocol", "notProtocol"), dice.oneOf("ICMP", "ICMPv6", "UDP", "TCP"));
            }
        }
        if (dice.chance(5) && !rule.toString().matches(".*(ICMP|:1[,}]|:58[,}]).*")) {
            rule.put("ipVersion", version);
        }
        boolean byService = dice.chance(6) && !withPorts;
        ObjectNode source = rule.putObject("source");
        ObjectNode destination = rule.putObject("destination");
        ObjectNode other = ingress ? source : destination;
        if (byService) {
            other.putObject("services").put("name", "svc").put("namespace", dice.oneOf(NAMESPACES));
        } else {
            entity(other, 60, nets);
        }
        if (dice.chance(15)) {
            entity(ingress ? destination : source, 40, nets);
        }
        if (withPorts && dice.chance(70) && !byService) {
            ArrayNode ports = destination.putArray(dice.chance(80) ? "ports" : "notPorts");
            dice.some(List.of("80", "81:90", "web", "dns", "53"), 3).forEach(port -> {
                if (port.matches("\\d+")) {
                    ports.add(Integer.parseInt(port));
                } else {
                    ports.add(port);
                }
            });
        }
        if (withPorts && dice.chance(8) && !byService) {
            source.putArray("ports").add(dice.oneOf("1024:65535", "30000:40000", "53"));
        }
        if (ingress
                && action.equals("Allow")
                && dice.chance(8)
                && rule.path("protocol").asText("TCP").equals("TCP")) {
            rule.putObject("http").putArray("methods").add("GET");
        }
    }

    private void entity(ObjectNode entity, int percent, List<String> known) {
        maybeSelector(entity, "selector", percent, false);
        maybeSelector(entity, "namespaceSelector", percent / 2, true);
        maybeSelector(entity, "notSelector", percent / 6, false);
        if (dice.chance(percent / 3)) {
            ArrayNode nets = entity.putArray("nets");
            dice.some(known, 2).forEach(nets::add);
        }
        if (dice.chance(percent / 8)) {
            ArrayNode nets = entity.putArray("notNets");
            dice.some(known, 2).forEach(nets::add);
        }
        if (dice.chance(percent / 8)) {
            ObjectNode accounts = entity.putObject("serviceAccounts");
            if (dice.chance(60)) {
                accounts.putArray("names").add(dice.oneOf("runner", "default"));
            }
            maybeSelector(accounts, "selector", 50, false);
        }
    }

    private void networkPolicy(int index) {
        ObjectNode policy = object(
                "networking.k8s.io/v1", "NetworkPolicy", dice.oneOf(NAMESPACES), dice.oneOf("a", "o", "z") + index);
        ObjectNode spec = policy.putObject("spec");
        ObjectNode selected = spec.putObject("podSelector");
        if (dice.chance(60)) {
            selected.withObject("/matchLabels").put("pod", dice.oneOf(VALUES));
        }
        boolean egress = dice.chance(40);
        spec.putArray("policyTypes").add(egress ? "Egress" : "Ingress");
        if (dice.chance(70)) {
            ObjectNode rule = spec.putArray(egress ? "egress" : "ingress").addObject();
            if (dice.chance(70)) {
                ObjectNode peer = rule.putArray(egress ? "to" : "from").addObject();
                if (dice.chance(20)) {
                    peer.putObject("ipBlock").put("cidr", dice.oneOf(dice.chance(25) ? NETS_6 : NETS));
                } else {
                    peer.putObject("podSelector")
                            .withObject("/matchLabels")
                            .put(dice.oneOf("pod", "role"), dice.oneOf(VALUES));
                    if (dice.chance(50)) {
                        peer.putObject("namespaceSelector");
                    }
                }
            }
            if (dice.chance(40)) {
                rule.putArray("ports").addObject().put("protocol", "TCP").put("port", dice.oneOf(80, 81));
            }
        }
    }

    private void maybeSelector(ObjectNode holder, String field, int percent, boolean mayBeGlobal) {
        if (dice.chance(percent)) {
            String text = mayBeGlobal && dice.chance(15)
                    ? global()
                    : field.equals("namespaceSelector") ? ofNamespaces() : term(2);
            holder.put(field, text);
        }
    }

    private String global() {
        return known("global()", (labels, prefix) -> !labels.containsKey("projectcalico.org/namespace"));
    }

    private String all() {
        return known(
                "all()",
                (labels, prefix) -> !prefix.equals("pcns.") || labels.containsKey("projectcalico.org/namespace"));
    }

    private String ofNamespaces() {
        String key = dice.oneOf("team", "env", "projectcalico.org/name");
        return switch (dice.below(5)) {
            case 0 -> all();
            case 1 -> not(test(key, dice.oneOf("x", "a")));
            case 2 -> both(test("team", dice.oneOf(VALUES)), has("env"), dice.chance(50));
            default -> test(key, key.endsWith("name") ? dice.oneOf(NAMESPACES) : dice.oneOf(VALUES));
        };
    }

    private String term(int depth) {
        return switch (dice.below(depth > 0 ? 9 : 6)) {
            case 0 -> all();
            case 1 -> has(key());
            case 2 -> affix(key(), dice.oneOf("contains", "starts with", "ends with"), dice.oneOf(VALUES));
            case 3 -> in(key(), dice.some(VALUES, 2));
            case 4, 5 -> test(key(), dice.oneOf(VALUES));
            case 6 -> not(term(depth - 1));
            default -> both(term(depth - 1), term(depth - 1), dice.chance(50));
        };
    }

    private String key() {
        return dice.chance(85)
                ? dice.oneOf(KEYS)
                : dice.oneOf(
                        "projectcalico.org/namespace",
                        "projectcalico.org/orchestrator",
                        "projectcalico.org/serviceaccount",
                        "pcns.team",
                        "pcns.projectcalico.org/name",
                        "pcsa.job",
                        "pcsa.projectcalico.org/name",
                        "job");
    }

    private String has(String key) {
        return known("has(" + key + ")", (labels, prefix) -> labels.containsKey(prefix + key));
    }

    private String test(String key, String value) {
        return known(key + " == '" + value + "'", (labels, prefix) -> value.equals(labels.get(prefix + key)));
    }

    private String in(String key, List<String> values) {
        return known(
                key + " in {'" + String.join("', '", values) + "'}",
                (labels, prefix) -> labels.containsKey(prefix + key)
                        && (values.isEmpty() ? List.of("") : values).contains(labels.get(prefix + key)));
    }

    private String affix(String key, String word, String operand) {
        return known(key + " " + word + " '" + operand + "'", (labels, prefix) -> {
            String value = labels.get(prefix + key);
            return value != null
                    && (word.equals("contains")
                            ? value.contains(operand)
                            : word.equals("starts with") ? value.startsWith(operand) : value.endsWith(operand));
        });
    }

    private String not(String term) {
        BiPredicate<Map<String, String>, String> meaning = Objects.requireNonNull(selectors.get(term));
        return known("!(" + term + ")", meaning.negate());
    }

    private String both(String one, String two, boolean and) {
        BiPredicate<Map<String, String>, String> first = Objects.requireNonNull(selectors.get(one));
        BiPredicate<Map<String, String>, String> second = Objects.requireNonNull(selectors.get(two));
        return known(
                "(" + one + ") " + (and ? "&&" : "||") + " (" + two + ")", and ? first.and(second) : first.or(second));
    }

    private String known(String text, BiPredicate<Map<String, String>, String> meaning) {
        selectors.put(text, meaning);
        return text;
    }

    private ObjectNode object(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        objects.add(object);
        return object;
    }
}
