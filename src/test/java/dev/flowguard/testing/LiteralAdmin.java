package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.LiteralObjects.End;
import dev.flowguard.testing.LiteralObjects.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One tier of ClusterNetworkPolicies, rule by rule, from the objects as they are written (OTHER-POLICIES section 1). */
final class LiteralAdmin {
    private final LiteralObjects objects;
    private final boolean calico;

    /** @param calico whether on Calico; else on Cilium */
    LiteralAdmin(LiteralObjects objects, boolean calico) {
        this.objects = objects;
        this.calico = calico;
    }

    /** What may be decided: {@code Accept}, {@code Deny}, or {@code Pass}, which stands for no match as well. */
    Set<String> tier(String tier, End subject, Flow flow, boolean egress) {
        TreeMap<Integer, List<JsonNode>> levels = new TreeMap<>();
        for (JsonNode policy : objects.of("ClusterNetworkPolicy")) {
            JsonNode spec = policy.path("spec");
            if (spec.path("tier").asText().equals(tier) && isPod(spec.path("subject"), subject)) {
                levels.computeIfAbsent(spec.path("priority").asInt(), key -> new ArrayList<>())
                        .add(policy);
            }
        }
        Set<String> ends = new TreeSet<>();
        for (List<JsonNode> level : levels.values()) {
            boolean through = true;
            // Which of them is the first is open (C3), so that each may be.
            for (JsonNode policy : level) {
                through &= walk(policy.path("spec").path(egress ? "egress" : "ingress"), flow, egress, ends);
            }
            if (!through) {
                return ends;
            }
        }
        ends.add("Pass");
        return ends;
    }

    /** Adds how the rules may end, and says whether the traffic may get past them all. */
    private boolean walk(JsonNode rules, Flow flow, boolean egress, Set<String> ends) {
        for (JsonNode rule : rules) {
            JsonNode peers = rule.path(egress ? "to" : "from");
            String action = rule.path("action").asText();
            boolean names = false;
            for (JsonNode peer : peers) {
                names |= peer.has("domainNames");
            }
            if (calico && names) {
                if (action.equals("Accept")) {
                    continue;
                }
                ends.add("Deny");
                return false;
            }
            Answer matches = Answer.NO;
            for (JsonNode peer : peers) {
                matches = matches.or(
                        peer(peer, egress ? flow.to() : flow.from()).and(Answer.of(ports(rule, peer, flow))));
            }
            if (!matches.isNo()) {
                ends.add(action);
            }
            if (matches.isYes()) {
                return false;
            }
        }
        return true;
    }

    private Answer peer(JsonNode peer, End other) {
        if (peer.has("networks")) {
            boolean reached = calico || other.isOutside();
            boolean in = false;
            for (JsonNode block : peer.path("networks")) {
                in |= LiteralObjects.in(block.asText(), other.ip());
            }
            return Answer.of(reached && in);
        }
        if (peer.has("domainNames")) {
            return other.isPod() ? Answer.NO : Answer.UNKNOWN;
        }
        boolean negative = isNegative(peer);
        if (!other.isPod()) {
            return Answer.of(!calico && negative);
        }
        return isPod(peer, other)
                ? Answer.YES
                : !calico && negative && peer.has("namespaces") ? Answer.UNKNOWN : Answer.NO;
    }

    /** To Cilium what has no labels is matched by what only excludes, and since 1.20 by one of whole namespaces perhaps every pod (L11). */
    private static boolean isNegative(JsonNode peer) {
        JsonNode namespaces = peer.has("namespaces")
                ? peer.path("namespaces")
                : peer.path("pods").path("namespaceSelector");
        List<LiteralObjects.Term> ofNamespaces = LiteralObjects.terms(namespaces);
        List<LiteralObjects.Term> ofPods =
                LiteralObjects.terms(peer.path("pods").path("podSelector"));
        return !ofNamespaces.isEmpty()
                && ofNamespaces.stream().allMatch(LiteralObjects.Term::isNegative)
                && ofPods.stream().allMatch(LiteralObjects.Term::isNegative);
    }

    private boolean isPod(JsonNode named, End pod) {
        JsonNode namespaces = named.has("namespaces")
                ? named.path("namespaces")
                : named.path("pods").path("namespaceSelector");
        Map<String, String> ofNamespace = objects.labelsOfNamespace(pod.namespace());
        Map<String, String> own = LiteralObjects.labels(objects.pod(pod));
        return LiteralObjects.terms(namespaces).stream().allMatch(term -> term.holds(ofNamespace))
                && LiteralObjects.terms(named.path("pods").path("podSelector")).stream()
                        .allMatch(term -> term.holds(own));
    }

    private boolean ports(JsonNode rule, JsonNode peer, Flow flow) {
        boolean open = !rule.has("protocols");
        for (JsonNode each : rule.path("protocols")) {
            if (each.has("destinationNamedPort")) {
                boolean ofPods = peer.has("namespaces") || peer.has("pods");
                open |= ofPods
                        && objects.hasNamed(
                                flow, each.path("destinationNamedPort").asText());
            } else {
                JsonNode port = each.path(flow.protocol().toLowerCase(java.util.Locale.ROOT))
                        .path("destinationPort");
                open |= port.path("number").asInt() == flow.port()
                        || (port.path("range").path("start").asInt(Integer.MAX_VALUE) <= flow.port()
                                && flow.port() <= port.path("range").path("end").asInt());
            }
        }
        return open;
    }
}
