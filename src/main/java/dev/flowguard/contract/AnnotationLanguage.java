package dev.flowguard.contract;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Spelling;
import dev.flowguard.policy.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The annotations by which an object declares the flows that its own pods need.
 *
 * <pre>
 * flowguard.dev/egress-to:    dns; service orders; service payments/gateway port 8443; pods app=db,tier in (a,b) port 5432
 * flowguard.dev/ingress-from: namespace ingress-nginx port http; namespace monitoring pods app=prometheus port 9090/TCP
 * flowguard.dev/enforcement:  Warn
 * </pre>
 *
 * <p>They stand on a Pod, on a workload or its pod template, on a Service (its pods) or on a Namespace (all of its pods). Each
 * flow must be possible. The annotated pods are its source in {@code egress-to} and its destination in {@code ingress-from}.
 *
 * <pre>
 * flows      = [flow] {(";" | line break) [flow]}
 * flow       = peer ["port" ports]
 *
 * peer       = "dns"                                       the cluster's DNS                       (egress-to only)
 *            | "kubernetes-api"                            the API server
 *            | "nodes"                                     the nodes' addresses
 *            | "service" [namespace "/"] name              the pods of a Service
 *            | "pods" [selector]                           pods of the object's own namespace
 *            | "namespace" namespaces ["pods" [selector]]  pods of other namespaces
 *            | "cidr" block                                addresses outside the cluster
 * namespaces = name | "(" selector ")" | "*"               one by its name, some by their labels, all
 * selector   = as in kubectl: app=db,tier in (a,b),!legacy   all pods, or namespaces, where it is left out
 * block      = 203.0.113.0/24 | 2001:db8::/32
 *
 * ports      = port {"," port}
 * port       = (number | number "-" number | name) ["/" protocol]
 * protocol   = "TCP" | "UDP" | "SCTP"                      in upper or lower case; TCP where it is left out
 * </pre>
 *
 * <p><b>Words</b> are separated by blanks or tabs; there need be none around commas and parentheses. Flows that are blank or
 * that were declared before are left out.
 *
 * <p><b>A selector after {@code pods}</b> ends at the first word {@code port} outside parentheses. A label or value that is called
 * so itself is written without blanks around its operator ({@code port=http}, {@code kind=port}); before a comma and in
 * {@code port in (a,b)} it is understood.
 *
 * <p><b>Ports</b> are those of the destination. Where that is a Service, in {@code egress-to: service …} as well as in any
 * {@code ingress-from} on a Service, they are the <em>Service's</em> ports, which are translated to the ports of its pods; they
 * are then single numbers or names, and all of the Service's ports where none is given. Otherwise they are ports of the pods
 * and must be given: above, {@code http} is the name of a container port. Towards a {@code cidr} there are no names, since only a
 * pod can resolve them, and neither towards {@code nodes}. {@code dns} and {@code kubernetes-api} in {@code egress-to} have their own
 * ports, so none is given.
 *
 * <p><b>Enforcement</b> is {@code Deny}, {@code Warn} or {@code Audit} and holds for all flows of the object. Without that
 * annotation it is {@link Enforcement#DEFAULT}; if it cannot be read, {@link Enforcement#IF_UNREADABLE}.
 *
 * <p><b>A mistake</b> becomes a {@link ContractProblem} with its line and column, what was found and what was expected, and
 * takes only its own flow out of force. An annotation under {@code flowguard.dev/} whose name is nearly one of the three is a
 * mistake as well.
 */
public final class AnnotationLanguage {
    private static final String PREFIX = "flowguard.dev/";

    public static final String EGRESS_TO = PREFIX + "egress-to";
    public static final String INGRESS_FROM = PREFIX + "ingress-from";
    public static final String ENFORCEMENT = PREFIX + "enforcement";

    private static final List<String> NAMES = List.of("egress-to", "ingress-from", "enforcement");

    private final ObjectRef object;
    private final FlowEnd itself;
    private final Enforcement enforcement;

    private AnnotationLanguage(ObjectRef object, FlowEnd itself, Enforcement enforcement) {
        this.object = object;
        this.itself = itself;
        this.enforcement = enforcement;
    }

    /**
     * The contracts that an object declares: one for each annotation that declares a flow or holds a mistake, in the order of
     * their keys.
     *
     * @param object the annotated object; its namespace is meant where a flow names none
     * @param itself the pods that the annotations speak for
     * @param annotations all annotations of the object; those of others are passed over
     */
    public static List<Contract> contracts(ObjectRef object, FlowEnd itself, Map<String, String> annotations) {
        AnnotationLanguage language = new AnnotationLanguage(object, itself, enforcement(annotations));
        return new TreeMap<>(annotations)
                .entrySet().stream()
                        .map(annotation -> language.contract(annotation.getKey(), annotation.getValue()))
                        .filter(contract -> !contract.flows().isEmpty()
                                || !contract.problems().isEmpty())
                        .toList();
    }

    private static Enforcement enforcement(Map<String, String> annotations) {
        @Nullable String text = annotations.get(ENFORCEMENT);
        if (text == null) {
            boolean isMisspelt = annotations.keySet().stream().anyMatch(AnnotationLanguage::isMisspeltEnforcement);
            return isMisspelt ? Enforcement.IF_UNREADABLE : Enforcement.DEFAULT;
        }
        return mistakeInEnforcement(text).isEmpty() ? Enforcement.parse(text.strip()) : Enforcement.IF_UNREADABLE;
    }

    private static boolean isMisspeltEnforcement(String key) {
        return key.startsWith(PREFIX)
                && Spelling.nearest(key.substring(PREFIX.length()), NAMES)
                        .filter("enforcement"::equals)
                        .isPresent();
    }

    private Contract contract(String key, String text) {
        return switch (key) {
            case EGRESS_TO -> flows(key, Direction.EGRESS, text);
            case INGRESS_FROM -> flows(key, Direction.INGRESS, text);
            case ENFORCEMENT -> contract(key, List.of(), mistakeInEnforcement(text));
            default -> contract(key, List.of(), mistakeInKey(key));
        };
    }

    private Contract flows(String key, Direction direction, String text) {
        Map<String, Flow> flows = new LinkedHashMap<>();
        List<ContractProblem> problems = new ArrayList<>();
        ContractSource source = new ContractSource(object, key);
        for (FlowText written : AnnotationText.flows(text)) {
            try {
                Flow flow = FlowParser.parse(written, direction, itself, source.homeNamespace());
                flows.putIfAbsent(flow.name(), flow);
            } catch (SyntaxException mistake) {
                FlowText.Place place = written.placeOf(mistake.offset());
                problems.add(new ContractProblem(
                        key + ", line " + place.line() + ", column " + place.column(), mistake.explanation()));
            }
        }
        return contract(key, List.copyOf(flows.values()), problems);
    }

    private Contract contract(String key, List<Flow> flows, List<ContractProblem> problems) {
        return new Contract(new ContractSource(object, key), enforcement, flows, problems);
    }

    private static List<ContractProblem> mistakeInEnforcement(String text) {
        try {
            Enforcement.parse(text.strip());
            return List.of();
        } catch (IllegalArgumentException mistake) {
            return List.of(new ContractProblem(
                    ENFORCEMENT, mistake.getMessage() + "; until then it is " + Enforcement.IF_UNREADABLE));
        }
    }

    private static List<ContractProblem> mistakeInKey(String key) {
        String hint = key.startsWith(PREFIX) ? Spelling.hint(key.substring(PREFIX.length()), NAMES) : "";
        return hint.isEmpty()
                ? List.of()
                : List.of(new ContractProblem(
                        key, "declares nothing: expected egress-to, ingress-from or enforcement" + hint));
    }
}
