package dev.flowguard.policy;

import dev.flowguard.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules and selectors as YAML on one line, which kubectl reads. */
public final class RuleYaml {
    private RuleYaml() {}

    /** {@code ingress: [{from: […], ports: […]}]}. */
    public static String section(Direction direction, Rule rule) {
        return direction.section() + ": [" + rule(direction, rule) + "]";
    }

    /** A whole spec that selects those pods and has that one rule. */
    public static String spec(LabelSelector podSelector, Direction direction, Rule rule) {
        return "{podSelector: " + selector(podSelector) + ", policyTypes: [" + direction.policyType() + "], "
                + section(direction, rule) + "}";
    }

    private static String rule(Direction direction, Rule rule) {
        List<String> parts = new ArrayList<>();
        if (!rule.isForAnybody()) {
            parts.add(direction.peers() + ": " + list(rule.peers(), RuleYaml::peer));
        }
        if (!rule.isForEveryPort()) {
            parts.add("ports: " + list(rule.ports(), RuleYaml::port));
        }
        return map(parts);
    }

    /** A peer of a rule: {@code {namespaceSelector: …, podSelector: …}}. */
    public static String peer(Peer peer) {
        return peer.match(RuleYaml::pods, RuleYaml::ipBlock, unknown -> "{}");
    }

    private static String pods(Peer.Pods peer) {
        List<String> parts = new ArrayList<>();
        peer.namespaces()
                .<List<String>>match(
                        List::of, matching -> List.of("namespaceSelector: " + selector(matching.selector())))
                .forEach(parts::add);
        if (parts.isEmpty() || !peer.pods().selectsEverything()) {
            parts.add("podSelector: " + selector(peer.pods()));
        }
        return map(parts);
    }

    private static String ipBlock(Peer.IpBlock block) {
        List<String> parts =
                new ArrayList<>(List.of("cidr: " + quoted(block.cidr().toString())));
        if (!block.except().isEmpty()) {
            parts.add("except: " + list(block.except(), (Cidr except) -> quoted(except.toString())));
        }
        return "{ipBlock: " + map(parts) + "}";
    }

    /** A port of a rule: {@code {protocol: TCP, port: 8080}}. */
    public static String port(PortMatch port) {
        return port.match(
                numbered -> numbered.ports().isSingle()
                        ? "{protocol: " + numbered.protocol() + ", port: " + numbered.ports() + "}"
                        : "{protocol: " + numbered.protocol() + ", port: "
                                + numbered.ports().first() + ", endPort: "
                                + numbered.ports().last() + "}",
                named -> "{protocol: " + named.protocol() + ", port: " + quoted(named.name()) + "}",
                every -> "{protocol: " + every.protocol() + "}",
                unknown -> "{}");
    }

    /** {@code {matchLabels: {app: orders}}}, and matchExpressions for what labels cannot say. */
    public static String selector(LabelSelector selector) {
        List<Requirement> labels = new ArrayList<>();
        List<Requirement> expressions = new ArrayList<>();
        for (Requirement requirement : selector.requirements()) {
            boolean isLabel = requirement.operator() == Requirement.Operator.IN
                    && requirement.values().size() == 1
                    && labels.stream().noneMatch(label -> label.key().equals(requirement.key()));
            (isLabel ? labels : expressions).add(requirement);
        }
        List<String> parts = new ArrayList<>();
        if (!labels.isEmpty()) {
            parts.add("matchLabels: "
                    + map(labels.stream()
                            .map(label ->
                                    label.key() + ": " + quoted(label.values().get(0)))
                            .toList()));
        }
        if (!expressions.isEmpty()) {
            parts.add("matchExpressions: " + list(expressions, RuleYaml::expression));
        }
        return map(parts);
    }

    private static String expression(Requirement requirement) {
        List<String> parts = new ArrayList<>(List.of(
                "key: " + requirement.key(),
                "operator: " + requirement.operator().spelling()));
        if (requirement.operator().takesValues()) {
            parts.add("values: " + list(List.copyOf(requirement.values()), RuleYaml::quoted));
        }
        return map(parts);
    }

    private static String map(List<String> parts) {
        return "{" + String.join(", ", parts) + "}";
    }

    private static <T> String list(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Bare where no YAML reader could take it for anything but a string. */
    public static String quoted(String value) {
        boolean plain =
                value.matches("[A-Za-z][A-Za-z0-9_./-]*") && !value.matches("(?i)y|n|yes|no|on|off|true|false|null");
        return plain || value.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+/[0-9]+") ? value : "\"" + value + "\"";
    }
}
