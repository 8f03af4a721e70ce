package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.LiteralObjects.End;
import dev.flowguard.testing.LiteralObjects.Flow;
import dev.flowguard.testing.LiteralObjects.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cilium once more, slowly and word by word, from the objects as they are written (OTHER-POLICIES sections 1, 3 and 5): what denies,
 * then what allows, over the labels of identities, between the two tiers of ClusterNetworkPolicy. It shares nothing with the engine.
 */
public final class LiteralCilium {
    private static final String NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String OF_NAMESPACE = "io.cilium.k8s.namespace.labels.";

    private final LiteralObjects objects;
    private final LiteralAdmin admin;
    private final LiteralKubernetes kubernetes;

    public LiteralCilium(List<ObjectNode> objects) {
        this.objects = new LiteralObjects(objects);
        this.admin = new LiteralAdmin(this.objects, false);
        this.kubernetes = new LiteralKubernetes(this.objects, false);
    }

    /** All that may come out of both sides together; one where it is sure. */
    public Set<Outcome> outcomes(Flow flow) {
        return LiteralObjects.both(side(flow, true), side(flow, false));
    }

    private Set<Outcome> side(Flow flow, boolean egress) {
        End subject = egress ? flow.from() : flow.to();
        Set<Outcome> ends = EnumSet.noneOf(Outcome.class);
        boolean maybeOwnNode = !egress && flow.from().isNode();
        if (!subject.isPod() || maybeOwnNode) {
            ends.add(Outcome.ALLOWED);
        }
        if (subject.isPod()) {
            for (String decided : admin.tier("Admin", subject, flow, egress)) {
                ends.addAll(decided.equals("Pass") ? middle(subject, flow, egress) : Set.of(outcome(decided)));
            }
        }
        return ends;
    }

    private static Outcome outcome(String action) {
        return action.equals("Accept") ? Outcome.ALLOWED : Outcome.DENIED;
    }

    /** Denies before allows, over all kinds, and isolation behind everything (X3, X4). */
    private Set<Outcome> middle(End subject, Flow flow, boolean egress) {
        Set<Outcome> ends = EnumSet.noneOf(Outcome.class);
        List<Answer> denies = new ArrayList<>();
        List<Answer> allows = new ArrayList<>();
        boolean isolated = false;
        String section = egress ? "egress" : "ingress";
        for (JsonNode policy : objects.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")) {
            String namespace = LiteralObjects.namespace(policy);
            for (JsonNode spec : specs(policy)) {
                if (!selects(spec.path("endpointSelector"), namespace, subject)) {
                    continue;
                }
                for (JsonNode rule : spec.path(section + "Deny")) {
                    denies.add(rule(rule, namespace, flow, egress));
                }
                for (JsonNode rule : spec.path(section)) {
                    Answer matches = rule(rule, namespace, flow, egress);
                    boolean proxied = rule.path("toPorts").path(0).has("rules");
                    allows.add(proxied ? matches.and(Answer.UNKNOWN) : matches);
                }
                boolean entries =
                        spec.path(section).size() + spec.path(section + "Deny").size() > 0;
                isolated |=
                        entries && spec.path("enableDefaultDeny").path(section).asBoolean(true);
            }
        }
        for (JsonNode policy : kubernetes.isolating(subject, egress)) {
            isolated = true;
            allows.add(kubernetes.allows(policy, flow, egress));
        }
        if (denies.contains(Answer.YES)) {
            return Set.of(Outcome.DENIED);
        }
        if (denies.contains(Answer.UNKNOWN)) {
            ends.add(Outcome.DENIED);
        }
        if (allows.contains(Answer.UNKNOWN) || allows.contains(Answer.YES)) {
            ends.add(Outcome.ALLOWED);
        }
        if (!allows.contains(Answer.YES)) {
            for (String decided : admin.tier("Baseline", subject, flow, egress)) {
                boolean left = decided.equals("Pass");
                ends.add(left ? isolated ? Outcome.DENIED : Outcome.ALLOWED : outcome(decided));
            }
        }
        return ends;
    }

    private static List<JsonNode> specs(JsonNode policy) {
        List<JsonNode> specs = new ArrayList<>();
        policy.path("specs").forEach(specs::add);
        if (policy.has("spec")) {
            specs.add(policy.path("spec"));
        }
        return specs;
    }

    private boolean selects(JsonNode selector, String namespace, End pod) {
        Map<String, String> labels = objects.identity(pod);
        return (namespace.isEmpty() || namespace.equals(labels.get(NAMESPACE)))
                && LiteralObjects.terms(selector).stream().allMatch(term -> term.holds(labels));
    }

    private Answer rule(JsonNode rule, String namespace, Flow flow, boolean egress) {
        String way = egress ? "to" : "from";
        End other = egress ? flow.to() : flow.from();
        boolean anyPorts = rule.has("toPorts") || rule.has("icmps");
        Answer peer = anyPorts ? Answer.YES : Answer.NO;
        for (String field : List.of("Endpoints", "Entities", "CIDR", "CIDRSet", "FQDNs", "Services")) {
            if (rule.has(way + field)) {
                peer = Answer.NO;
                for (JsonNode each : rule.path(way + field)) {
                    peer = peer.or(peer(field, each, namespace, other, egress));
                }
            }
        }
        return rule.has("icmps") ? Answer.NO : peer.and(Answer.of(ports(rule, flow)));
    }

    private Answer peer(String field, JsonNode each, String namespace, End other, boolean egress) {
        return switch (field) {
            case "Endpoints" -> endpoint(each, namespace, other);
            case "Entities" -> entity(each.asText(), other, egress);
            case "CIDR" -> Answer.of(other.isOutside() && LiteralObjects.in(each.asText(), other.ip()));
            case "CIDRSet" -> Answer.of(other.isOutside() && objects.inSet(each, other.ip()));
            case "FQDNs" -> other.isOutside() ? Answer.UNKNOWN : Answer.NO;
            default -> Answer.of(objects.isBehind(each.path("k8sService"), other));
        };
    }

    /** What names neither a namespace nor its labels is of the policy's own, or in a cluster-wide policy a pod (L6, L7, L11). */
    private Answer endpoint(JsonNode selector, String namespace, End other) {
        List<LiteralObjects.Term> terms = LiteralObjects.terms(selector);
        boolean named = terms.stream().anyMatch(term -> term.key().equals(NAMESPACE));
        boolean byLabels = terms.stream().anyMatch(term -> term.key().startsWith(OF_NAMESPACE));
        boolean scoped = !named && (namespace.isEmpty() || !byLabels);
        boolean negative = terms.stream().allMatch(LiteralObjects.Term::isNegative);
        if (!other.isPod()) {
            return Answer.of(!scoped && negative);
        }
        Map<String, String> labels = objects.identity(other);
        boolean there = !scoped || namespace.isEmpty() || namespace.equals(labels.get(NAMESPACE));
        boolean matches = there && terms.stream().allMatch(term -> term.holds(labels));
        return matches ? Answer.YES : !scoped && negative ? Answer.UNKNOWN : Answer.NO;
    }

    private Answer entity(String entity, End other, boolean egress) {
        return switch (entity) {
            case "all" -> Answer.YES;
            case "world" -> Answer.of(other.isOutside());
            case "cluster" -> Answer.of(!other.isOutside() || objects.isApiServer(other.ip()));
            case "kube-apiserver" -> Answer.of(!other.isPod() && objects.isApiServer(other.ip()));
            // From the own node everything comes in, and of two nodes the one that is spoken to is another: no workload
            // is bound to one.
            case "remote-node" -> Answer.of(other.isNode());
            case "host" -> other.isNode() && !egress ? Answer.UNKNOWN : Answer.NO;
            default -> Answer.NO;
        };
    }

    private boolean ports(JsonNode rule, Flow flow) {
        boolean open = !rule.has("toPorts");
        for (JsonNode entry : rule.path("toPorts")) {
            for (JsonNode port : entry.path("ports")) {
                String protocol = port.path("protocol").asText("ANY");
                String text = port.path("port").asText();
                if (protocol.equals("ANY") || protocol.equals(flow.protocol())) {
                    open |= text.equals("0")
                            || (text.matches("\\d+")
                                    ? Integer.parseInt(text) <= flow.port()
                                            && flow.port()
                                                    <= port.path("endPort").asInt(Integer.parseInt(text))
                                    : objects.hasNamed(flow, text));
                }
            }
        }
        return open;
    }
}
