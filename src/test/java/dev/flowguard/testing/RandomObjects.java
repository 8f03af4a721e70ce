package dev.flowguard.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.testing.LiteralObjects.End;
import java.util.ArrayList;
import java.util.List;

/** A small cluster at random, as its objects are written, with the policies that every plugin here reads: NetworkPolicy and ClusterNetworkPolicy. */
final class RandomObjects {
    static final List<String> NAMESPACES = List.of("x", "z");
    static final List<String> VALUES = List.of("a", "b");
    static final List<String> NETS =
            List.of("0.0.0.0/0", "10.0.0.0/24", "10.0.1.1/32", "192.0.2.0/24", "198.51.100.0/24", "172.18.0.0/24");

    private static final JsonMapper JSON = new JsonMapper();

    final Dice dice;
    final List<ObjectNode> objects = new ArrayList<>();

    RandomObjects(Dice dice) {
        this.dice = dice;
    }

    List<End> ends() {
        List<End> ends = new ArrayList<>();
        for (ObjectNode each : objects) {
            if (each.path("kind").asText().equals("Pod")) {
                ends.add(new End(
                        LiteralObjects.namespace(each) + "/" + LiteralObjects.name(each),
                        each.path("status").path("podIP").asText()));
            }
        }
        return ends;
    }

    ObjectNode object(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        objects.add(object);
        return object;
    }

    void label(ObjectNode object, String key, int percent) {
        if (dice.chance(percent)) {
            ((ObjectNode) object.path("metadata")).withObject("/labels").put(key, dice.oneOf(VALUES));
        }
    }

    /** Pods that nothing tells apart would be one workload, and an address block may hold one of them only. */
    void pods() {
        for (String namespace : NAMESPACES) {
            ObjectNode made = object("v1", "Namespace", "", namespace);
            ((ObjectNode) made.path("metadata")).withObject("/labels").put("kubernetes.io/metadata.name", namespace);
            label(made, "team", 70);
            for (int i = 1; i <= 2; i++) {
                ObjectNode pod = object("v1", "Pod", namespace, "p" + i);
                ((ObjectNode) pod.path("metadata")).withObject("/labels").put("n", "p" + i);
                label(pod, "app", 80);
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
                        .put("protocol", dice.oneOf("TCP", "TCP", "UDP"));
                address(pod, "10.0." + NAMESPACES.indexOf(namespace) + "." + i);
            }
            service(namespace, "svc", false);
        }
    }

    private static void address(ObjectNode pod, String ip) {
        ObjectNode status = pod.putObject("status").put("phase", "Running").put("podIP", ip);
        status.putArray("podIPs").addObject().put("ip", ip);
    }

    void service(String namespace, String name, boolean withoutSelector) {
        ObjectNode spec = object("v1", "Service", namespace, name).putObject("spec");
        if (!withoutSelector) {
            spec.putObject("selector").put("app", "a");
        }
        spec.putArray("ports")
                .addObject()
                .put("port", 8000)
                .put("targetPort", 80)
                .put("protocol", "TCP");
    }

    void slice(String namespace, String service, String ip) {
        ObjectNode slice = object("discovery.k8s.io/v1", "EndpointSlice", namespace, service + "-1");
        ((ObjectNode) slice.path("metadata")).withObject("/labels").put("kubernetes.io/service-name", service);
        slice.put("addressType", "IPv4")
                .putArray("endpoints")
                .addObject()
                .putArray("addresses")
                .add(ip);
        slice.putArray("ports").addObject().put("port", 80).put("protocol", "TCP");
    }

    void networkPolicy(int index) {
        ObjectNode policy = object(
                "networking.k8s.io/v1", "NetworkPolicy", dice.oneOf(NAMESPACES), dice.oneOf("a", "o", "z") + index);
        ObjectNode spec = policy.putObject("spec");
        selector(spec.putObject("podSelector"), "app");
        dice.oneOf(List.of("Ingress"), List.of("Egress"), List.of("Egress", "Ingress"))
                .forEach(spec.putArray("policyTypes")::add);
        for (String section : List.of("ingress", "egress")) {
            if (dice.chance(50)) {
                ArrayNode rules = spec.putArray(section);
                for (int i = dice.below(3); i > 0; i--) {
                    networkRule(rules.addObject(), section.equals("ingress") ? "from" : "to");
                }
            }
        }
    }

    private void networkRule(ObjectNode rule, String way) {
        if (dice.chance(80)) {
            ArrayNode peers = rule.putArray(way);
            for (int i = dice.below(2); i >= 0; i--) {
                ObjectNode peer = peers.addObject();
                if (dice.chance(25)) {
                    ObjectNode block = peer.putObject("ipBlock").put("cidr", dice.oneOf(NETS));
                    if (block.path("cidr").asText().equals("0.0.0.0/0") && dice.chance(50)) {
                        block.putArray("except").add("192.0.2.0/24");
                    }
                } else {
                    if (dice.chance(50)) {
                        selector(peer.putObject("namespaceSelector"), "team");
                    }
                    if (dice.chance(70) || peer.isEmpty()) {
                        selector(peer.putObject("podSelector"), "app");
                    }
                }
            }
        }
        if (dice.chance(50)) {
            ObjectNode port = rule.putArray("ports").addObject().put("protocol", dice.oneOf("TCP", "UDP"));
            if (dice.chance(30)) {
                port.put("port", "web");
            } else {
                port.put("port", 80);
                if (dice.chance(30)) {
                    port.put("endPort", 81);
                }
            }
        }
    }

    void clusterPolicy(int index) {
        ObjectNode spec = object("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", "", "cnp" + index)
                .putObject("spec")
                .put("tier", dice.oneOf("Admin", "Baseline"))
                .put("priority", dice.below(5));
        pods(spec.putObject("subject"));
        for (String section : List.of("ingress", "egress")) {
            ArrayNode rules = spec.putArray(section);
            for (int i = dice.below(3); i > 0; i--) {
                clusterRule(rules.addObject(), section.equals("egress"));
            }
        }
    }

    private void clusterRule(ObjectNode rule, boolean egress) {
        rule.put("action", dice.oneOf("Accept", "Deny", "Pass"));
        ArrayNode peers = rule.putArray(egress ? "to" : "from");
        for (int i = dice.below(2); i >= 0; i--) {
            ObjectNode peer = peers.addObject();
            int sort = egress ? dice.below(7) : 0;
            if (sort == 5) {
                peer.putArray("networks").add(dice.oneOf(NETS));
            } else if (sort == 6 && rule.path("action").asText().equals("Accept")) {
                peer.putArray("domainNames").add("example.com");
            } else {
                pods(peer);
            }
        }
        if (dice.chance(50)) {
            ArrayNode protocols = rule.putArray("protocols");
            if (dice.chance(30)) {
                protocols.addObject().put("destinationNamedPort", "web");
            }
            ObjectNode port =
                    protocols.addObject().putObject(dice.oneOf("tcp", "udp")).putObject("destinationPort");
            if (dice.chance(50)) {
                port.put("number", dice.oneOf(80, 81));
            } else {
                port.putObject("range").put("start", 80).put("end", dice.oneOf(81, 90));
            }
        }
    }

    private void pods(ObjectNode named) {
        if (dice.chance(50)) {
            selector(named.putObject("namespaces"), "team");
        } else {
            ObjectNode pods = named.putObject("pods");
            selector(pods.putObject("namespaceSelector"), "team");
            selector(pods.putObject("podSelector"), "app");
        }
    }

    /** Also one that only excludes, which Cilium reads in its own way (OTHER-POLICIES L11). */
    void selector(ObjectNode selector, String key) {
        switch (dice.below(6)) {
            case 0, 1 -> {
                // Everything.
            }
            case 2 -> expression(selector, key, "NotIn");
            case 3 -> expression(selector, key, dice.oneOf("Exists", "DoesNotExist"));
            default -> selector.putObject("matchLabels").put(key, dice.oneOf(VALUES));
        }
    }

    void expression(ObjectNode selector, String key, String operator) {
        ObjectNode term = selector.withArray("matchExpressions")
                .addObject()
                .put("key", key)
                .put("operator", operator);
        if (operator.endsWith("In")) {
            term.putArray("values").add(dice.oneOf(VALUES));
        }
    }
}
