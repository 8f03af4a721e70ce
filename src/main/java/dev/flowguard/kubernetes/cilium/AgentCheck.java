package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.cilium.CiliumPolicy.Refusal;
import dev.flowguard.policy.cilium.CiliumPolicy.Unless;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the agent objects to in a policy that the API server has taken: it ignores the whole object then, and says so in a condition
 * of its status that nobody looks at (OTHER-POLICIES L27, {@code Rule.Sanitize}).
 */
final class AgentCheck {
    private static final List<String> SECTIONS = List.of("ingress", "ingressDeny", "egress", "egressDeny");

    private final List<Refusal> refusals = new ArrayList<>();

    private AgentCheck() {}

    static List<Refusal> refusals(JsonNode policy, boolean clusterwide) {
        AgentCheck check = new AgentCheck();
        for (Part spec : Fields.specs(policy)) {
            check.spec(spec, clusterwide);
        }
        return check.refusals;
    }

    private void refuse(FieldPath path, String reason) {
        refuse(path, reason, Unless.NEVER);
    }

    private void refuse(FieldPath path, String reason, Unless unless) {
        refusals.add(new Refusal(path.toString(), reason, unless));
    }

    private void spec(Part spec, boolean clusterwide) {
        if (SECTIONS.stream().allMatch(section -> spec.items(section).isEmpty())) {
            refuse(spec.path(), "has no rule: write at least one in ingress, ingressDeny, egress or egressDeny");
        }
        if (!clusterwide && spec.has("nodeSelector")) {
            refuse(
                    spec.path().field("nodeSelector"),
                    "selects nodes, which only a CiliumClusterwideNetworkPolicy may: write an endpointSelector");
        }
        selector(spec.field("endpointSelector"));
        selector(spec.field("nodeSelector"));
        for (String section : SECTIONS) {
            Direction direction = section.startsWith("ingress") ? Direction.INGRESS : Direction.EGRESS;
            for (Part rule : spec.items(section)) {
                rule(rule, direction, section.endsWith("Deny"), spec.has("nodeSelector"));
            }
        }
    }

    private void selector(Part selector) {
        new SelectorParts(selector).check(this::refuse);
    }

    private void rule(Part rule, Direction direction, boolean denies, boolean ofNodes) {
        RulePeers peers = new RulePeers(rule, direction);
        peers.combined()
                .ifPresent(both -> refuse(
                        rule.path(),
                        both + " stand in one rule, which allows one way to name peers: split it into two rules"));
        for (Part selector : peers.selectors()) {
            selector(selector);
        }
        if (!peers.nodes().isEmpty()) {
            refuse(
                    peers.nodes().get(0).path(),
                    "names nodes by their labels, for which the agent needs enable-node-selector-labels",
                    Unless.NODE_SELECTORS_ARE_ON);
        }
        for (Part block : peers.cidrSets()) {
            cidrSet(block);
        }
        for (Part domain : rule.items("toFQDNs")) {
            CiliumSyntax.mistakeInDomain(domain.text("matchName") + domain.text("matchPattern"), true)
                    .ifPresent(mistake -> refuse(domain.path(), mistake));
        }
        icmp(rule);
        for (Part ports : rule.items("toPorts")) {
            new PortCheck(ports, direction, ofNodes, this::refuse).check(denies);
        }
    }

    private void icmp(Part rule) {
        List<Part> icmps = rule.items("icmps");
        if (icmps.isEmpty()) {
            return;
        }
        refuse(
                rule.path().field("icmps"),
                "names ICMP, for which the agent needs enable-icmp-rules",
                Unless.ICMP_RULES_ARE_ON);
        if (!rule.items("toPorts").isEmpty()) {
            refuse(rule.path(), "has both icmps and toPorts: write a rule for each");
        }
        for (Part icmp : icmps) {
            for (Part field : icmp.items("fields")) {
                IcmpTypes.mistakeIn(field.value().path("type"), field.text("family"))
                        .ifPresent(mistake -> refuse(field.path().field("type"), mistake));
            }
        }
    }

    private void cidrSet(Part block) {
        if (block.has("cidrGroupSelector")) {
            selector(block.field("cidrGroupSelector"));
        }
        Map<String, Boolean> ways = Map.of(
                "cidr", !block.text("cidr").isEmpty(),
                "cidrGroupRef", !block.text("cidrGroupRef").isEmpty(),
                "cidrGroupSelector", block.has("cidrGroupSelector"));
        if (ways.values().stream().filter(given -> given).count() != 1) {
            refuse(block.path(), "needs exactly one of cidr, cidrGroupRef and cidrGroupSelector");
        } else if (block.has("cidr")) {
            for (Part except : block.items("except")) {
                BlockParts.mistakeInException(block.text("cidr"), except.value().asText())
                        .ifPresent(mistake -> refuse(except.path(), mistake));
            }
        }
    }

    /** Takes a reason with its place. */
    interface Objections {
        void refuse(FieldPath path, String reason, Unless unless);

        default void refuse(FieldPath path, String reason) {
            refuse(path, reason, Unless.NEVER);
        }
    }
}
