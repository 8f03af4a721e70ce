package dev.flowguard.kubernetes.contract;

import dev.flowguard.contract.DnsLabel;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an end of a flow: pods by selectors, the pods of a Service, addresses, or a well-known destination. */
final class ContractEndReader {
    private static final String PODS = "podSelector";
    private static final String NAMESPACES = "namespaceSelector";
    private static final String SERVICE = "service";
    private static final String BLOCK = "ipBlock";
    private static final String WELL_KNOWN = "wellKnown";
    private static final String NODES = "nodeSelector";
    private static final List<String> FIELDS = List.of(PODS, NAMESPACES, SERVICE, BLOCK, WELL_KNOWN, NODES);
    private static final List<String> WAYS = List.of(PODS, NAMESPACES, SERVICE, BLOCK, WELL_KNOWN);

    private static final String CLUSTER_DNS = FlowEnd.WellKnown.Name.CLUSTER_DNS.spelling();
    private final String home;

    /** @param home the namespace of the contract, empty where it speaks for the whole cluster */
    ContractEndReader(String home) {
        this.home = home;
    }

    Optional<FlowEnd> source(ContractField end) {
        if (end.get(WELL_KNOWN).value().asText("").equals(CLUSTER_DNS)) {
            end.get(WELL_KNOWN).tell(CLUSTER_DNS + " is a destination: expected it under \"to\" only");
            return Optional.empty();
        }
        return read(end, FlowEnd.WellKnown.Name.SOURCES);
    }

    Optional<FlowEnd> destination(ContractField end) {
        return read(end, FlowEnd.WellKnown.Name.DESTINATIONS);
    }

    private Optional<FlowEnd> read(ContractField end, List<FlowEnd.WellKnown.Name> wellKnown) {
        if (!end.isPresent()) {
            end.tell("is missing: expected " + ContractField.oneOf(WAYS));
        }
        if (!end.isMapOf(FIELDS)) {
            return Optional.empty();
        }
        List<String> given = WAYS.stream().filter(end::has).toList();
        if (given.isEmpty() && end.unknown(FIELDS).isEmpty()) {
            end.tell("names nobody: expected " + ContractField.oneOf(WAYS));
        }
        List<String> ways = given.contains(PODS)
                ? given.stream().filter(way -> !way.equals(NAMESPACES)).toList()
                : given;
        if (ways.size() > 1) {
            end.tell("is named in " + ways.size() + " ways, by " + String.join(" and ", ways) + ": expected one");
        }
        return ways.size() == 1 ? Optional.of(ways.get(0)).flatMap(way -> read(end, way, wellKnown)) : Optional.empty();
    }

    private Optional<FlowEnd> read(ContractField end, String way, List<FlowEnd.WellKnown.Name> wellKnown) {
        Optional<FlowEnd> read = switch (way) {
            case SERVICE -> service(end.get(SERVICE));
            case BLOCK -> ipBlock(end.get(BLOCK));
            case WELL_KNOWN -> wellKnown(end, wellKnown);
            default -> Optional.of(pods(end));
        };
        boolean mayHaveNodes =
                read.filter(ContractEndReader::isNodes).isPresent() || way.equals(WELL_KNOWN) && read.isEmpty();
        if (end.has(NODES) && !mayHaveNodes) {
            end.get(NODES).tell("selects among nodes: expected it beside wellKnown: Nodes only");
        }
        return read;
    }

    private static boolean isNodes(FlowEnd end) {
        return end.match(
                pods -> false,
                ownedBy -> false,
                service -> false,
                outside -> false,
                wellKnown -> wellKnown.name() == FlowEnd.WellKnown.Name.NODES);
    }

    private FlowEnd pods(ContractField end) {
        return new FlowEnd.Pods(
                end.has(NAMESPACES) ? ContractSelectorReader.read(end.get(NAMESPACES)) : homeNamespaces(),
                ContractSelectorReader.read(end.get(PODS)));
    }

    private LabelSelector homeNamespaces() {
        return home.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.namespaceNamed(home);
    }

    private Optional<FlowEnd> service(ContractField service) {
        if (!service.isMapOf(List.of("name", "namespace"))) {
            return Optional.empty();
        }
        Optional<String> name = label(service.get("name"), "the name of a Service");
        ContractField namespace = service.get("namespace");
        Optional<String> where = namespace.isPresent()
                ? label(namespace, "the name of a namespace")
                : Optional.of(home).filter(own -> !own.isEmpty());
        if (!namespace.isPresent() && where.isEmpty()) {
            namespace.tell("is missing: this contract is in no namespace, so it must say in which one the Service is");
        }
        return name.flatMap(known -> where.map(own -> new FlowEnd.ServicePods(own, known)));
    }

    private static Optional<String> label(ContractField field, String purpose) {
        return field.requiredText().filter(text -> field.isRight(DnsLabel.mistakeIn(text, purpose)));
    }

    private static Optional<FlowEnd> ipBlock(ContractField block) {
        if (!block.isMapOf(List.of("cidr", "except"))) {
            return Optional.empty();
        }
        Optional<Cidr> cidr = cidr(block.get("cidr"));
        List<Cidr> except = new ArrayList<>();
        for (ContractField exception : block.get("except").items()) {
            Optional<Cidr> hole = cidr(exception);
            if (hole.isPresent() && cidr.isPresent() && !cidr.get().strictlyContains(hole.get())) {
                exception.tell(hole.get() + " does not lie strictly inside " + cidr.get()
                        + ": expected a smaller block within it");
            }
            hole.ifPresent(except::add);
        }
        return cidr.map(known -> new FlowEnd.Outside(known, except));
    }

    private static Optional<Cidr> cidr(ContractField field) {
        return field.requiredText().flatMap(text -> {
            try {
                return Optional.of(Cidr.parse(text));
            } catch (IllegalArgumentException notABlock) {
                field.tell(String.valueOf(notABlock.getMessage()));
                return Optional.empty();
            }
        });
    }

    private static Optional<FlowEnd> wellKnown(ContractField end, List<FlowEnd.WellKnown.Name> known) {
        return end.get(WELL_KNOWN)
                .choice(known.toArray(FlowEnd.WellKnown.Name[]::new), FlowEnd.WellKnown.Name::spelling)
                .map(name -> new FlowEnd.WellKnown(
                        name,
                        name == FlowEnd.WellKnown.Name.NODES && end.has(NODES)
                                ? ContractSelectorReader.read(end.get(NODES))
                                : LabelSelector.EVERYTHING));
    }
}
