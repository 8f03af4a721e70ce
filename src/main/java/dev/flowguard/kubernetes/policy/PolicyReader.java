package dev.flowguard.kubernetes.policy;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.Choices;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Scope;
import dev.flowguard.kubernetes.field.SelectorReader;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads NetworkPolicies: defaults and absent fields are settled as the API server settles them, and what its validation would
 * refuse ({@code pkg/apis/networking/validation}) is refused here. Older spellings of addresses are taken, because stored
 * objects may have them (SEMANTICS B8).
 */
public final class PolicyReader {
    /** Once part of the object (1.24 to 1.27), never part of what a policy means. */
    private static final String STATUS = "status";

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> POLICY_TYPES = List.of("Ingress", "Egress");

    /** Set on all policies of a release: {@code <id>/<how many they are>}. */
    public static final String CHANGE_SET = "flowguard.dev/change-set";

    private static final Pattern CHANGE_SET_MARK =
            Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]{0,62})/([1-9][0-9]{0,2})\\s*");

    private final Notes notes;

    private PolicyReader(Notes notes) {
        this.notes = notes;
    }

    public static PolicyReading read(NetworkPolicy object) {
        Notes notes = new Notes();
        Policy policy = policy(object, Metadata.of(object, Scope.NAMESPACED, notes), notes);
        List<FieldProblem> problems = notes.problems();
        return problems.isEmpty() ? new PolicyReading.Valid(policy) : new PolicyReading.Invalid(policy.ref(), problems);
    }

    public static List<Fact> facts(NetworkPolicy object, Metadata metadata, Notes notes) {
        Policy policy = policy(object, metadata, notes);
        return Stream.concat(Stream.<Fact>of(new Fact.NetworkPolicy(policy)), staged(object, policy.ref()).stream())
                .toList();
    }

    /** Of what set of changes the policy says that it is part; a mark that cannot be read is none. */
    public static List<Fact.Staged> staged(NetworkPolicy object, PolicyRef ref) {
        ObjectMeta metadata = Absent.asBlank(object.getMetadata(), ObjectMeta::new);
        Map<String, String> annotations = Absent.asEmpty(metadata.getAnnotations());
        Matcher mark = CHANGE_SET_MARK.matcher(annotations.getOrDefault(CHANGE_SET, ""));
        return mark.matches()
                ? List.of(new Fact.Staged(
                        ref, mark.group(1), Integer.parseInt(mark.group(2)), seconds(metadata.getCreationTimestamp())))
                : List.of();
    }

    private static long seconds(@Nullable String timestamp) {
        try {
            return timestamp == null ? 0 : Instant.parse(timestamp).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static Policy policy(NetworkPolicy object, Metadata metadata, Notes notes) {
        return new PolicyReader(notes).policy(object, new PolicyRef(metadata.namespace(), metadata.name()));
    }

    private Policy policy(NetworkPolicy object, PolicyRef ref) {
        notes.unknown(
                FieldPath.ROOT,
                object.getAdditionalProperties().keySet().stream()
                        .filter(name -> !name.equals(STATUS))
                        .toList());
        NetworkPolicySpec spec = Absent.asBlank(object.getSpec(), NetworkPolicySpec::new);
        notes.unknown(SPEC, spec.getAdditionalProperties().keySet());
        LabelSelector selected = podSelector(spec);
        List<Rule> ingress = ingress(spec);
        List<Rule> egress = egress(spec);
        Set<Direction> types = policyTypes(spec, !egress.isEmpty());
        return new Policy(
                ref,
                selected,
                new Policy.Section(types.contains(Direction.INGRESS), ingress),
                new Policy.Section(types.contains(Direction.EGRESS), egress),
                notes.unknownFields());
    }

    /** Since it became optional, an absent selector is an empty one (SEMANTICS I18). */
    private LabelSelector podSelector(NetworkPolicySpec spec) {
        io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector = spec.getPodSelector();
        return selector == null
                ? LabelSelector.EVERYTHING
                : new SelectorReader(notes).read(selector, SPEC.field("podSelector"));
    }

    /** Without policy types, Egress is included if there is an egress rule: an empty list is none (SEMANTICS I2–I4). */
    private Set<Direction> policyTypes(NetworkPolicySpec spec, boolean hasEgressRule) {
        FieldPath path = SPEC.field("policyTypes");
        List<String> types = Absent.asEmpty(spec.getPolicyTypes());
        if (types.isEmpty()) {
            return hasEgressRule ? EnumSet.allOf(Direction.class) : EnumSet.of(Direction.INGRESS);
        }
        if (types.size() > POLICY_TYPES.size()) {
            notes.problem(path, "has " + types.size() + " entries: list Ingress and Egress at most once each");
        }
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            if (notes.isRight(path.item(i), Choices.mistakeIn(type, POLICY_TYPES))) {
                directions.add(type.equals(Direction.INGRESS.policyType()) ? Direction.INGRESS : Direction.EGRESS);
            }
        }
        return directions;
    }

    private List<Rule> ingress(NetworkPolicySpec spec) {
        List<NetworkPolicyIngressRule> rules = Absent.asEmpty(spec.getIngress(), NetworkPolicyIngressRule::new);
        List<Rule> read = new ArrayList<>(rules.size());
        for (NetworkPolicyIngressRule rule : rules) {
            read.add(rule(
                    Direction.INGRESS,
                    read.size(),
                    rule.getFrom(),
                    rule.getPorts(),
                    rule.getAdditionalProperties().keySet()));
        }
        return read;
    }

    private List<Rule> egress(NetworkPolicySpec spec) {
        List<NetworkPolicyEgressRule> rules = Absent.asEmpty(spec.getEgress(), NetworkPolicyEgressRule::new);
        List<Rule> read = new ArrayList<>(rules.size());
        for (NetworkPolicyEgressRule rule : rules) {
            read.add(rule(
                    Direction.EGRESS,
                    read.size(),
                    rule.getTo(),
                    rule.getPorts(),
                    rule.getAdditionalProperties().keySet()));
        }
        return read;
    }

    private Rule rule(
            Direction direction,
            int index,
            @Nullable List<@Nullable NetworkPolicyPeer> peers,
            @Nullable List<@Nullable NetworkPolicyPort> ports,
            Collection<String> unknown) {
        FieldPath path = SPEC.field(direction.section()).item(index);
        Notes ofRule = notes.ofPart();
        ofRule.unknown(path, unknown);
        List<Peer> readPeers = new PeerReader(ofRule).read(peers, path.field(direction.peers()));
        List<PortMatch> readPorts = new PortReader(ofRule).read(ports, path.field("ports"));
        return new Rule(index, readPeers, readPorts, ofRule.unknownFields());
    }
}
