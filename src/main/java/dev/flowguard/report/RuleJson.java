package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;

/** Rules and selectors as the API writes them. */
final class RuleJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RuleJson() {}

    static ObjectNode rule(Direction direction, Rule rule) {
        ObjectNode node = MAPPER.createObjectNode();
        if (!rule.isForAnybody()) {
            ArrayNode peers = node.putArray(direction.peers());
            rule.peers().forEach(peer -> peers.add(peer(peer)));
        }
        if (!rule.isForEveryPort()) {
            ArrayNode ports = node.putArray("ports");
            rule.ports().forEach(port -> ports.add(port(port)));
        }
        return node;
    }

    /** Values of one label become {@code matchLabels}, everything else {@code matchExpressions}. */
    static ObjectNode selector(LabelSelector selector) {
        ObjectNode node = MAPPER.createObjectNode();
        for (Requirement requirement : selector.requirements()) {
            boolean isLabel = requirement.operator() == Requirement.Operator.IN
                    && requirement.values().size() == 1
                    && !node.path("matchLabels").has(requirement.key());
            if (isLabel) {
                node.withObjectProperty("matchLabels")
                        .put(requirement.key(), requirement.values().get(0));
            } else {
                ObjectNode expression =
                        node.withArrayProperty("matchExpressions").addObject();
                expression
                        .put("key", requirement.key())
                        .put("operator", requirement.operator().spelling());
                if (requirement.operator().takesValues()) {
                    ArrayNode values = expression.putArray("values");
                    requirement.values().forEach(values::add);
                }
            }
        }
        return node;
    }

    private static ObjectNode peer(Peer peer) {
        ObjectNode node = MAPPER.createObjectNode();
        return peer.match(
                pods -> {
                    pods.namespaces().match(() -> node, in -> node.set("namespaceSelector", selector(in.selector())));
                    if (node.isEmpty() || !pods.pods().selectsEverything()) {
                        node.set("podSelector", selector(pods.pods()));
                    }
                    return node;
                },
                block -> {
                    ObjectNode ipBlock = node.putObject("ipBlock");
                    ipBlock.put("cidr", block.cidr().toString());
                    if (!block.except().isEmpty()) {
                        ArrayNode except = ipBlock.putArray("except");
                        block.except().stream().map(Cidr::toString).forEach(except::add);
                    }
                    return node;
                },
                unknown -> node);
    }

    private static ObjectNode port(PortMatch port) {
        ObjectNode node = MAPPER.createObjectNode();
        return port.match(
                numbered -> {
                    PortRange ports = numbered.ports();
                    node.put("protocol", numbered.protocol().toString()).put("port", ports.first());
                    return ports.isSingle() ? node : node.put("endPort", ports.last());
                },
                named -> node.put("protocol", named.protocol().toString()).put("port", named.name()),
                every -> node.put("protocol", every.protocol().toString()),
                unknown -> node);
    }
}
