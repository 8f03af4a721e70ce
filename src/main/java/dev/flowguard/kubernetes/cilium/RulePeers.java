package dev.flowguard.kubernetes.cilium;

import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.cilium.CiliumPeers;
import dev.flowguard.policy.cilium.CiliumPeers.Block;
import dev.flowguard.policy.cilium.CiliumSelector;
import dev.flowguard.policy.cilium.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The peers of one rule. */
final class RulePeers {
    private final Part rule;
    private final String way;

    RulePeers(Part rule, Direction direction) {
        this.rule = rule;
        this.way = direction == Direction.INGRESS ? "from" : "to";
    }

    /** The two fields of which a rule may have only one (OTHER-POLICIES L12); empty where it has one at most. */
    Optional<String> combined() {
        List<String> given =
                fields().filter(field -> !rule.items(field).isEmpty()).toList();
        return given.size() > 1 ? Optional.of(given.get(0) + " and " + given.get(1)) : Optional.empty();
    }

    private Stream<String> fields() {
        Stream<String> both = Stream.of("Endpoints", "CIDR", "CIDRSet", "Entities", "Nodes", "Groups")
                .map(way::concat);
        return way.equals("to") ? Stream.concat(both, Stream.of("toServices", "toFQDNs")) : both;
    }

    /** Those of pods and of nodes. */
    List<Part> selectors() {
        List<Part> selectors = new ArrayList<>(rule.items(way + "Endpoints"));
        selectors.addAll(nodes());
        return selectors;
    }

    List<Part> nodes() {
        return rule.items(way + "Nodes");
    }

    List<Part> cidrSets() {
        return rule.items(way + "CIDRSet");
    }

    /** The peers, if the agent takes the rule. */
    CiliumPeers peers(boolean denies) {
        if (Stream.of("Endpoints", "Nodes", "Entities", "CIDR", "CIDRSet")
                .map(way::concat)
                .anyMatch(rule::isEmptyList)) {
            return new CiliumPeers.Nobody(true);
        }
        return fields().filter(field -> !rule.items(field).isEmpty())
                .findFirst()
                .map(field -> peers(field.substring(way.length()), denies))
                .orElseGet(() -> hasPorts() ? new CiliumPeers.Everybody() : new CiliumPeers.Nobody(false));
    }

    private boolean hasPorts() {
        return !rule.items("toPorts").isEmpty() || !rule.items("icmps").isEmpty();
    }

    private CiliumPeers peers(String field, boolean denies) {
        List<Part> entries = rule.items(way + field);
        return switch (field) {
            case "Endpoints" ->
                new CiliumPeers.Endpoints(entries.stream()
                        .map(each -> new SelectorParts(each).selector())
                        .toList());
            case "Entities" ->
                new CiliumPeers.Entities(entries.stream()
                        .flatMap(each -> Entity.spelled(each.value().asText()).stream())
                        .toList());
            case "CIDR" ->
                new CiliumPeers.Blocks(entries.stream().map(RulePeers::written).toList());
            case "CIDRSet" ->
                new CiliumPeers.Blocks(entries.stream().map(BlockParts::block).toList());
            case "Services" ->
                new CiliumPeers.Services(
                        entries.stream().flatMap(RulePeers::service).toList(), denies);
            case "FQDNs" ->
                new CiliumPeers.Domains(entries.stream()
                        .map(each -> each.text("matchName") + each.text("matchPattern"))
                        .toList());
            case "Nodes" -> new CiliumPeers.Nodes();
            default ->
                new CiliumPeers.Unclear(List.of(rule.path().field(way + field).toString()));
        };
    }

    /** An object that was stored by an older schema may have a bare address, which is a block of one. */
    private static Block written(Part entry) {
        String text = entry.value().asText();
        return new Block.Written(text.contains("/") ? Cidr.parse(text) : Cidr.of(Address.parse(text)), List.of());
    }

    /** None, where the entry names no Service. */
    private static Stream<CiliumPeers.Service> service(Part entry) {
        if (entry.has("k8sServiceSelector")) {
            Part selected = entry.field("k8sServiceSelector");
            List<Requirement> labels = new SelectorParts(selected.field("selector"))
                    .selector().terms().stream()
                            .map(CiliumSelector.Term::requirement)
                            .toList();
            return Stream.of(new CiliumPeers.Service(selected.text("namespace"), "", new LabelSelector(labels)));
        }
        Part named = entry.field("k8sService");
        return named.text("serviceName").isEmpty()
                ? Stream.empty()
                : Stream.of(new CiliumPeers.Service(
                        named.text("namespace"), named.text("serviceName"), LabelSelector.EVERYTHING));
    }
}
