package dev.flowguard.contract;

import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.SyntaxException;
import java.util.List;
import java.util.Optional;

/** Reads one flow of an annotation, as {@link AnnotationLanguage} describes it. */
final class FlowParser {
    private static final String PODS = "pods";
    private static final List<String> SOURCES =
            List.of("kubernetes-api", "nodes", "service", PODS, "namespace", "cidr");
    private static final List<String> DESTINATIONS =
            List.of("dns", "kubernetes-api", "nodes", "service", PODS, "namespace", "cidr");

    private final FlowText text;
    private final Direction direction;
    private final String homeNamespace;
    private boolean podsMayFollow;

    private FlowParser(FlowText text, Direction direction, String homeNamespace) {
        this.text = text;
        this.direction = direction;
        this.homeNamespace = homeNamespace;
    }

    /**
     * @param itself the pods of the annotated object
     * @param homeNamespace the namespace that is meant where none is named
     * @throws SyntaxException if the text is not a flow
     */
    static Flow parse(FlowText text, Direction direction, FlowEnd itself, String homeNamespace) {
        return new FlowParser(text, direction, homeNamespace).flow(itself);
    }

    private Flow flow(FlowEnd itself) {
        boolean egress = direction == Direction.EGRESS;
        FlowEnd peer = peer();
        FlowEnd to = egress ? peer : itself;
        FlowPorts ports = ports(PortRule.towards(to));
        return new Flow(text.folded(), Expectation.ALLOWED, egress ? itself : peer, to, ports);
    }

    private FlowPorts ports(PortRule rule) {
        if (text.atEnd() && rule.mayBeLeftOut()) {
            return rule.declare(List.of());
        }
        if (text.atEnd()) {
            throw text.found(followers("\"port\" and the ports, as in \"port 8080\""));
        }
        if (!text.next().equals(FlowText.PORT)) {
            throw text.found(followers("\"port\"") + " or the end of the flow", List.of(FlowText.PORT, PODS));
        }
        return rule.declare(new FlowPortsParser(text, rule).ports());
    }

    /** What may follow the peer: after a namespace without pods also these. */
    private String followers(String port) {
        return podsMayFollow ? "\"pods\" or " + port : port;
    }

    private FlowEnd peer() {
        return switch (text.next()) {
            case "dns" -> dns();
            case "kubernetes-api" -> wellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API);
            case "nodes" -> wellKnown(FlowEnd.WellKnown.Name.NODES);
            case "service" -> service();
            case PODS -> {
                text.take();
                yield new FlowEnd.Pods(LabelSelector.namespaceNamed(homeNamespace), text.selectorBeforePort());
            }
            case "namespace" -> podsOfNamespace();
            case "cidr" -> cidr();
            default ->
                throw direction == Direction.EGRESS
                        ? text.found("dns, kubernetes-api, nodes, service, pods, namespace or cidr", DESTINATIONS)
                        : text.found("kubernetes-api, nodes, service, pods, namespace or cidr", SOURCES);
        };
    }

    private FlowEnd dns() {
        if (direction == Direction.INGRESS) {
            throw text.found("kubernetes-api, nodes, service, pods, namespace or cidr: this one is a destination, so it"
                    + " belongs in " + AnnotationLanguage.EGRESS_TO);
        }
        return wellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS);
    }

    private FlowEnd wellKnown(FlowEnd.WellKnown.Name name) {
        text.take();
        return new FlowEnd.WellKnown(name);
    }

    private FlowEnd service() {
        text.take();
        int at = text.offset();
        String word = word("the name of a Service");
        int slash = word.indexOf('/');
        String namespace = slash < 0 ? homeNamespace : word.substring(0, slash);
        String name = word.substring(slash + 1);
        if (slash >= 0) {
            check(at, DnsLabel.mistakeIn(namespace, "the name of a namespace"));
        }
        check(at + slash + 1, DnsLabel.mistakeIn(name, "the name of a Service"));
        return new FlowEnd.ServicePods(namespace, name);
    }

    private FlowEnd podsOfNamespace() {
        text.take();
        LabelSelector namespaces = namespaces();
        podsMayFollow = !text.take(PODS);
        return new FlowEnd.Pods(namespaces, podsMayFollow ? LabelSelector.EVERYTHING : text.selectorBeforePort());
    }

    private LabelSelector namespaces() {
        if (text.next().equals("(")) {
            return text.selectorInParentheses();
        }
        if (text.take("*")) {
            return LabelSelector.EVERYTHING;
        }
        int at = text.offset();
        String name = word("the name of a namespace, a selector in parentheses, or *");
        check(at, DnsLabel.mistakeIn(name, "the name of a namespace"));
        return LabelSelector.namespaceNamed(name);
    }

    private FlowEnd cidr() {
        text.take();
        int at = text.offset();
        String block = word("an address block such as 192.0.2.0/24 or 2001:db8::/32");
        try {
            return new FlowEnd.Outside(Cidr.parse(block), List.of());
        } catch (IllegalArgumentException notABlock) {
            throw new SyntaxException(at, String.valueOf(notABlock.getMessage()));
        }
    }

    private String word(String expected) {
        if (text.atEnd()) {
            throw text.found(expected);
        }
        return text.take();
    }

    private static void check(int at, Optional<String> mistake) {
        mistake.ifPresent(explanation -> {
            throw new SyntaxException(at, explanation);
        });
    }
}
