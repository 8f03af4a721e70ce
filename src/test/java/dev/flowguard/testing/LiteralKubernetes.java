package dev.flowguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.policy.Answer;
import dev.flowguard.testing.LiteralObjects.End;
import dev.flowguard.testing.LiteralObjects.Flow;
import dev.flowguard.testing.LiteralObjects.Term;
import java.util.List;
import java.util.Map;

/** NetworkPolicies from the objects as they are written, as Calico or Cilium enforces them. */
final class LiteralKubernetes {
    private final LiteralObjects objects;
    private final boolean calico;

    /** @param calico whether on Calico; else on Cilium */
    LiteralKubernetes(LiteralObjects objects, boolean calico) {
        this.objects = objects;
        this.calico = calico;
    }

    List<JsonNode> isolating(End subject, boolean egress) {
        return objects.of("NetworkPolicy").stream()
                .filter(policy -> policy.path("apiVersion").asText().equals("networking.k8s.io/v1"))
                .filter(policy -> LiteralObjects.namespace(policy).equals(subject.namespace()))
                .filter(policy ->
                        holds(policy.path("spec").path("podSelector"), LiteralObjects.labels(objects.pod(subject))))
                .filter(policy -> isolates(policy.path("spec"), egress))
                .toList();
    }

    /** Cilium applies rules of a direction that the types leave out (L28). */
    private boolean isolates(JsonNode spec, boolean egress) {
        boolean typed = spec.path("policyTypes").toString().contains(egress ? "Egress" : "Ingress");
        return typed || (!calico && spec.path(egress ? "egress" : "ingress").size() > 0);
    }

    Answer allows(JsonNode policy, Flow flow, boolean egress) {
        End other = egress ? flow.to() : flow.from();
        Answer allowed = Answer.NO;
        for (JsonNode rule : policy.path("spec").path(egress ? "egress" : "ingress")) {
            JsonNode peers = rule.path(egress ? "to" : "from");
            Answer peer = Answer.of(peers.isEmpty());
            for (JsonNode each : peers) {
                peer = peer.or(peer(each, LiteralObjects.namespace(policy), other));
            }
            boolean port = rule.path("ports").isEmpty();
            for (JsonNode each : rule.path("ports")) {
                String text = each.path("port").asText();
                port |= each.path("protocol").asText("TCP").equals(flow.protocol())
                        && (!text.matches("\\d+")
                                ? objects.hasNamed(flow, text)
                                : Integer.parseInt(text) <= flow.port()
                                        && flow.port() <= each.path("endPort").asInt(Integer.parseInt(text)));
            }
            allowed = allowed.or(peer.and(Answer.of(port)));
        }
        return allowed;
    }

    private Answer peer(JsonNode peer, String namespace, End other) {
        if (peer.has("ipBlock")) {
            JsonNode block = peer.path("ipBlock");
            return Answer.of((calico || other.isOutside()) && objects.inSet(block, other.ip()));
        }
        List<Term> ofNamespaces = LiteralObjects.terms(peer.path("namespaceSelector"));
        List<Term> ofPods = LiteralObjects.terms(peer.path("podSelector"));
        boolean reaches = !calico
                && !ofNamespaces.isEmpty()
                && ofNamespaces.stream().allMatch(Term::isNegative)
                && ofPods.stream().allMatch(Term::isNegative);
        if (!other.isPod()) {
            return Answer.of(reaches);
        }
        boolean there = peer.has("namespaceSelector")
                ? holds(peer.path("namespaceSelector"), objects.labelsOfNamespace(other.namespace()))
                : namespace.equals(other.namespace());
        boolean matches = there && holds(peer.path("podSelector"), LiteralObjects.labels(objects.pod(other)));
        return matches ? Answer.YES : reaches ? Answer.UNKNOWN : Answer.NO;
    }

    private static boolean holds(JsonNode selector, Map<String, String> labels) {
        return LiteralObjects.terms(selector).stream().allMatch(term -> term.holds(labels));
    }
}
