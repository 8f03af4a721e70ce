package dev.flowguard.wording;

import dev.flowguard.assess.suggest.SuggestedContract;
import dev.flowguard.assess.suggest.SuggestedFlow;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.RuleYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A suggested contract as YAML that kubectl applies and people edit. */
public final class ContractYaml {
    private final String namespace;

    private ContractYaml(String namespace) {
        this.namespace = namespace;
    }

    public static List<String> of(SuggestedContract contract) {
        List<String> lines = new ArrayList<>(List.of(
                "apiVersion: flowguard.dev/v1alpha1",
                "kind: FlowContract",
                "metadata:",
                "  name: " + contract.name(),
                "  namespace: " + contract.namespace(),
                "spec:",
                "  enforcement: Warn      # Deny, as soon as it says what must stay possible and nothing else",
                "  flows:"));
        ContractYaml yaml = new ContractYaml(contract.namespace());
        contract.flows().forEach(flow -> lines.addAll(yaml.flow(flow)));
        return lines;
    }

    private List<String> flow(SuggestedFlow suggested) {
        Flow flow = suggested.flow();
        List<String> lines = new ArrayList<>();
        lines.add("  - name: " + flow.name()
                + (suggested.because().isEmpty() ? "" : "      # " + suggested.because())
                + (suggested.open() ? "      # nothing restricts this today: keep it only for those who need it" : ""));
        lines.add("    from: " + end(flow.from()));
        lines.add("    to: " + end(flow.to()));
        List<PortMatch> ports = flow.ports().match(onPods -> onPods.ports(), onService -> onService.ports(), List::of);
        if (!ports.isEmpty()) {
            lines.add("    ports: " + ports.stream().map(RuleYaml::port).collect(Collectors.joining(", ", "[", "]")));
        }
        return lines;
    }

    private String end(FlowEnd end) {
        return end.match(
                this::pods,
                ownedBy -> {
                    throw new IllegalArgumentException("A contract names pods by labels, not by their owner");
                },
                service -> "{service: {name: " + service.name()
                        + (service.namespace().equals(namespace) ? "" : ", namespace: " + service.namespace()) + "}}",
                outside -> "{ipBlock: {cidr: " + RuleYaml.quoted(outside.cidr().toString())
                        + (outside.except().isEmpty()
                                ? ""
                                : outside.except().stream()
                                        .map(Cidr::toString)
                                        .map(RuleYaml::quoted)
                                        .collect(Collectors.joining(", ", ", except: [", "]")))
                        + "}}",
                wellKnown -> "{wellKnown: " + wellKnown.name().spelling()
                        + (wellKnown.nodes().selectsEverything()
                                ? ""
                                : ", nodeSelector: " + RuleYaml.selector(wellKnown.nodes()))
                        + "}");
    }

    private String pods(FlowEnd.Pods end) {
        List<String> parts = new ArrayList<>();
        if (!end.namespaces().equals(LabelSelector.namespaceNamed(namespace))) {
            parts.add("namespaceSelector: " + RuleYaml.selector(end.namespaces()));
        }
        if (parts.isEmpty() || !end.pods().selectsEverything()) {
            parts.add("podSelector: " + RuleYaml.selector(end.pods()));
        }
        return "{" + String.join(", ", parts) + "}";
    }
}
