package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.testing.LiteralCalico.End;
import dev.flowguard.testing.LiteralCalico.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ClusterNetworkPolicies as Calico reads them: ordered policies of its tiers kube-admin and kube-baseline (OTHER-POLICIES K7, C9 to C17). */
final class LiteralCalicoAdmin {
    private final LiteralCalico cluster;

    LiteralCalicoAdmin(LiteralCalico cluster) {
        this.cluster = cluster;
    }

    boolean selects(JsonNode spec, Map<String, String> own) {
        return isPeer(spec.path("subject"), own);
    }

    private static boolean isPeer(JsonNode named, Map<String, String> found) {
        return named.has("namespaces")
                ? LiteralCalico.matchLabels(named.path("namespaces"), found, "pcns.")
                : LiteralCalico.matchLabels(named.path("pods").path("namespaceSelector"), found, "pcns.")
                        && LiteralCalico.matchLabels(named.path("pods").path("podSelector"), found, "");
    }

    /** With a peer of nodes or names a rule that accepts is gone, and any other denies everything (C15). */
    static List<JsonNode> rules(List<JsonNode> written) {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode each : written) {
            boolean unknown = false;
            for (JsonNode peer : each.path("to")) {
                unknown |= peer.has("nodes") || peer.has("domainNames");
            }
            boolean accepts = each.path("action").asText().equals("Accept");
            ObjectNode rule = each.deepCopy();
            if (accepts) {
                rule.put("action", "Allow");
            } else if (unknown) {
                rule.put("action", "Deny").put("everything", true);
            }
            if (!accepts || !unknown) {
                rules.add(rule);
            }
        }
        return rules;
    }

    boolean matches(JsonNode rule, Flow flow, boolean egress) {
        if (rule.has("everything")) {
            return true;
        }
        End other = egress ? flow.to() : flow.from();
        for (JsonNode peer : rule.path(egress ? "to" : "from")) {
            if (peer.has("networks")) {
                if (LiteralCalico.in(peer.path("networks"), other.ip()) && ports(rule, flow, false)) {
                    return true;
                }
            } else if (((!other.pod().isEmpty() && isPeer(peer, cluster.labels(other)))
                            || (peer.has("namespaces") && isInSet(peer, other)))
                    && ports(rule, flow, true)) {
                return true;
            }
        }
        return false;
    }

    /** A peer of whole namespaces means their network sets too (K7). */
    private boolean isInSet(JsonNode peer, End other) {
        return cluster.of("NetworkSet").stream()
                .anyMatch(set -> LiteralCalico.matchLabels(peer.path("namespaces"), cluster.labelsOfSet(set), "pcns.")
                        && LiteralCalico.in(set.path("spec").path("nets"), other.ip()));
    }

    private boolean ports(JsonNode rule, Flow flow, boolean byName) {
        if (!rule.has("protocols")) {
            return true;
        }
        for (JsonNode protocol : rule.path("protocols")) {
            if (protocol.has("destinationNamedPort")) {
                if (byName
                        && cluster.hasNamed(
                                flow, protocol.path("destinationNamedPort").asText())) {
                    return true;
                }
                continue;
            }
            JsonNode port = protocol.path(flow.protocol().toLowerCase(java.util.Locale.ROOT))
                    .path("destinationPort");
            int number = port.path("number").asInt();
            if (LiteralCalico.hasPorts(flow)
                    && (number == flow.port()
                            || (port.has("range")
                                    && port.path("range").path("start").asInt() <= flow.port()
                                    && flow.port()
                                            <= port.path("range").path("end").asInt()))) {
                return true;
            }
        }
        return false;
    }
}
