package dev.flowguard.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.testing.LiteralObjects.End;
import java.util.ArrayList;
import java.util.List;

/** Small clusters at random on Cilium, with policies of every kind that its agents read. */
public final class RandomCilium {
    private static final String NAMESPACE = "k8s:io.kubernetes.pod.namespace";
    private static final String OF_NAMESPACE = "k8s:io.cilium.k8s.namespace.labels.team";

    private final Dice dice;
    private final RandomObjects cluster;

    public RandomCilium(long seed) {
        this.dice = new Dice(seed);
        this.cluster = new RandomObjects(dice);
        cluster.pods();
        for (int i = 2; i <= 3; i++) {
            ObjectNode node = cluster.object("v1", "Node", "", "node-" + i);
            node.putObject("status")
                    .putArray("addresses")
                    .addObject()
                    .put("type", "InternalIP")
                    .put("address", "172.18.0." + i);
        }
        cluster.service("default", "kubernetes", true);
        cluster.slice("default", "kubernetes", "198.51.100.7");
        cluster.service("x", "partner", true);
        cluster.slice("x", "partner", "192.0.2.7");
        ObjectNode group = cluster.object("cilium.io/v2", "CiliumCIDRGroup", "", "group");
        group.putObject("spec").putArray("externalCIDRs").add("192.0.2.0/25").add("10.0.0.0/24");
        for (int i = dice.below(4); i >= 0; i--) {
            policy(i);
        }
        for (int i = dice.below(3); i > 0; i--) {
            cluster.networkPolicy(i);
        }
        for (int i = dice.below(3); i > 0; i--) {
            cluster.clusterPolicy(i);
        }
    }

    public List<ObjectNode> objects() {
        return cluster.objects;
    }

    /** Pods, a node, and addresses outside, one of them the API server's. */
    public List<End> ends() {
        List<End> ends = new ArrayList<>(cluster.ends());
        ends.add(new End("node", "172.18.0.2"));
        ends.add(new End("", "192.0.2.7"));
        ends.add(new End("", "192.0.2.200"));
        ends.add(new End("", "198.51.100.7"));
        return ends;
    }

    private void policy(int index) {
        boolean global = dice.chance(40);
        ObjectNode policy = cluster.object(
                "cilium.io/v2",
                global ? "CiliumClusterwideNetworkPolicy" : "CiliumNetworkPolicy",
                global ? "" : dice.oneOf(RandomObjects.NAMESPACES),
                "c" + index);
        if (dice.chance(20)) {
            ArrayNode specs = policy.putArray("specs");
            spec(specs.addObject(), global);
            spec(specs.addObject(), global);
        } else {
            spec(policy.putObject("spec"), global);
        }
    }

    private void spec(ObjectNode spec, boolean global) {
        cluster.selector(spec.putObject("endpointSelector"), "app");
        String needed = dice.oneOf("ingress", "ingress", "egress", "ingressDeny", "egressDeny");
        for (String section : List.of("ingress", "ingressDeny", "egress", "egressDeny")) {
            if (section.equals(needed) || dice.chance(section.endsWith("Deny") ? 10 : 30)) {
                ArrayNode rules = spec.putArray(section);
                for (int i = dice.below(3); i >= 0; i--) {
                    rule(rules.addObject(), section.startsWith("egress"), section.endsWith("Deny"), global);
                }
            }
        }
        if (dice.chance(20)) {
            spec.putObject("enableDefaultDeny").put("ingress", dice.chance(50)).put("egress", dice.chance(50));
        }
    }

    private void rule(ObjectNode rule, boolean egress, boolean denies, boolean global) {
        String way = egress ? "to" : "from";
        switch (dice.below(egress ? 11 : 9)) {
            case 0, 1, 2 -> {
                ArrayNode peers = rule.putArray(way + "Endpoints");
                for (int i = dice.below(3); i > 0; i--) {
                    endpoint(peers.addObject(), global);
                }
            }
            case 3, 4 ->
                dice.some(List.of("all", "world", "cluster", "host", "remote-node", "kube-apiserver", "none"), 2)
                        .forEach(rule.putArray(way + "Entities")::add);
            case 5 -> dice.some(RandomObjects.NETS, 2).forEach(rule.putArray(way + "CIDR")::add);
            case 6, 7 -> cidrSet(rule.putArray(way + "CIDRSet").addObject());
            case 9 -> {
                if (!denies) {
                    rule.putArray("toFQDNs").addObject().put("matchName", "example.com");
                }
            }
            case 10 -> {
                if (!denies) {
                    rule.putArray("toServices")
                            .addObject()
                            .putObject("k8sService")
                            .put("serviceName", dice.oneOf("svc", "partner", "gone"))
                            .put("namespace", dice.oneOf(RandomObjects.NAMESPACES));
                }
            }
            default -> {
                // No peer: everybody, where there are ports.
            }
        }
        if (dice.chance(50)) {
            ports(rule, denies);
        } else if (dice.chance(5)) {
            rule.putArray("icmps")
                    .addObject()
                    .putArray("fields")
                    .addObject()
                    .put("family", "IPv4")
                    .put("type", 8);
        }
    }

    private void endpoint(ObjectNode selector, boolean global) {
        if (dice.chance(25)) {
            selector.putObject("matchLabels").put(NAMESPACE, dice.oneOf(RandomObjects.NAMESPACES));
        } else if (dice.chance(20)) {
            cluster.selector(selector, OF_NAMESPACE);
        } else if (dice.chance(15)) {
            cluster.expression(selector, NAMESPACE, dice.oneOf("Exists", "DoesNotExist"));
        } else if (dice.chance(15)) {
            selector.withArray("matchExpressions")
                    .addObject()
                    .put("key", NAMESPACE)
                    .put("operator", "NotIn")
                    .putArray("values")
                    .add(dice.oneOf(RandomObjects.NAMESPACES));
        } else if (dice.chance(15)) {
            selector.putObject("matchLabels")
                    .put("io.cilium.k8s.policy.serviceaccount", dice.oneOf("runner", "default"));
        }
        if (dice.chance(60) && !selector.has("matchLabels")) {
            cluster.selector(selector, dice.oneOf("app", "k8s:app", "any:app"));
        }
    }

    private void cidrSet(ObjectNode set) {
        if (dice.chance(30)) {
            set.put("cidrGroupRef", "group");
        } else {
            set.put("cidr", dice.oneOf("0.0.0.0/0", "192.0.0.0/8"));
        }
        if (dice.chance(60)) {
            set.putArray("except").add(dice.oneOf("192.0.2.0/26", "192.0.2.128/25"));
        }
    }

    private void ports(ObjectNode rule, boolean denies) {
        ObjectNode entry = rule.putArray("toPorts").addObject();
        ArrayNode ports = entry.putArray("ports");
        for (int i = dice.below(2); i >= 0; i--) {
            ObjectNode port = ports.addObject();
            String text = dice.oneOf("80", "80", "81", "0", "web");
            port.put("port", text);
            if (text.equals("80") && dice.chance(40)) {
                port.put("endPort", dice.oneOf(80, 81, 90));
            }
            if (dice.chance(70)) {
                port.put("protocol", dice.oneOf("TCP", "UDP", "ANY"));
            }
        }
        boolean ofTcp = ports.size() == 1
                && ports.get(0).path("protocol").asText().equals("TCP")
                && ports.get(0).path("port").asText().equals("80")
                && !ports.get(0).has("endPort");
        if (ofTcp && !denies && dice.chance(30)) {
            entry.putObject("rules").putArray("http").addObject().put("method", "GET");
        }
    }
}
