package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.FieldProblem;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.calico.CalicoPolicy.Subject;
import dev.flowguard.policy.calico.CalicoRule;
import dev.flowguard.policy.calico.CalicoSelector;
import dev.flowguard.policy.calico.Tier;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.UnreadablePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads NetworkPolicies and GlobalNetworkPolicies of Calico. */
final class CalicoPolicyReader {
    private final JsonNode tree;
    private final RuledRef ref;
    private final boolean stored;
    private final Notes notes = new Notes();
    private final Notes schemaNotes = new Notes();

    /** @param stored whether it was read from where Calico stores it */
    CalicoPolicyReader(JsonNode tree, RuledRef ref, boolean stored) {
        this.tree = tree;
        this.ref = ref;
        this.stored = stored;
    }

    /** The policy; empty if the API would refuse it, for which the reasons are noted then. */
    Optional<CalicoPolicy> read(Notes refused) {
        (ref.isClusterScoped() ? CalicoSchema.GLOBAL_POLICY : CalicoSchema.NAMESPACED_POLICY)
                .check(tree, FieldPath.ROOT, schemaNotes);
        check();
        List<FieldProblem> problems = new ArrayList<>(schemaNotes.problems());
        problems.addAll(notes.problems());
        if (problems.isEmpty()) {
            return Optional.of(policy());
        }
        if (!stored) {
            problems.forEach(problem -> refused.problem(problem.path(), problem.message()));
            return Optional.empty();
        }
        return Optional.of(notUnderstood(problems));
    }

    /** Of what is stored only selectors are looked at: with one that Calico cannot read it drops the whole policy. */
    private void check() {
        Fields spec = Fields.spec(tree);
        for (String selector : List.of("selector", "namespaceSelector", "serviceAccountSelector")) {
            if (stored) {
                selector(spec.field(selector));
            } else {
                RuleCheck.selector(spec.field(selector), notes);
            }
        }
        if (!stored) {
            new SpecCheck(spec, notes).check();
        }
        for (Direction direction : Direction.values()) {
            for (Fields rule : spec.items(direction.section())) {
                if (stored) {
                    for (String side : List.of("source", "destination")) {
                        Fields entity = rule.field(side);
                        selector(entity.field("selector"));
                        selector(entity.field("notSelector"));
                        selector(entity.field("namespaceSelector"));
                        selector(entity.field("serviceAccounts").field("selector"));
                    }
                } else {
                    new RuleCheck(rule, direction, ref.isClusterScoped(), notes).check();
                }
            }
        }
    }

    private void selector(Fields field) {
        notes.isRight(field.path(), CalicoSyntax.mistakeInSelector(field.text()));
    }

    private CalicoPolicy notUnderstood(List<FieldProblem> problems) {
        return new CalicoPolicy(
                ref,
                Tier.DEFAULT,
                Double.POSITIVE_INFINITY,
                new Subject(CalicoSelector.ABSENT, CalicoSelector.ABSENT, CalicoSelector.ABSENT),
                Answer.NO,
                Answer.NO,
                List.of(),
                List.of(),
                true,
                false,
                List.of(),
                Map.of(),
                problems.stream()
                        .map(problem -> new UnreadablePart(problem.path().toString(), problem.message()))
                        .toList());
    }

    private CalicoPolicy policy() {
        Fields spec = Fields.spec(tree);
        List<CalicoRule> ingress = rules(spec, Direction.INGRESS);
        List<CalicoRule> egress = rules(spec, Direction.EGRESS);
        Set<String> ofRules = new HashSet<>();
        ingress.forEach(rule -> ofRules.addAll(rule.unknownFields()));
        egress.forEach(rule -> ofRules.addAll(rule.unknownFields()));
        List<String> others = schemaNotes.unknownFields().stream()
                .filter(field -> !ofRules.contains(field))
                .toList();
        String tier = spec.text("tier");
        return new CalicoPolicy(
                ref,
                tier.isEmpty() ? Tier.DEFAULT : tier,
                spec.has("order") ? spec.field("order").value().asDouble() : Double.POSITIVE_INFINITY,
                new Subject(
                        CalicoSelector.parse(spec.text("selector")),
                        CalicoSelector.parse(spec.text("namespaceSelector")),
                        CalicoSelector.parse(spec.text("serviceAccountSelector"))),
                applies(spec, Direction.INGRESS),
                applies(spec, Direction.EGRESS),
                ingress,
                egress,
                !spec.texts("types").isEmpty(),
                spec.flag("doNotTrack") || spec.flag("preDNAT"),
                others,
                schemaNotes.meant(),
                List.of());
    }

    /**
     * Whether its types hold the direction. Where none are written those who set them go by the length of the lists or by their presence;
     * of one that is in a cluster without them, both directions are taken (OTHER-POLICIES K9).
     */
    private Answer applies(Fields spec, Direction direction) {
        List<String> types = spec.texts("types");
        if (!types.isEmpty()) {
            return Answer.of(types.stream()
                    .anyMatch(type -> type.toLowerCase(Locale.ROOT).equals(direction.section())));
        }
        if (!tree.path("metadata").path("uid").asText("").isEmpty()) {
            return Answer.YES;
        }
        boolean byLength = byDefault(
                direction,
                !spec.items("ingress").isEmpty(),
                !spec.items("egress").isEmpty());
        boolean byPresence = byDefault(direction, spec.has("ingress"), spec.has("egress"));
        return byLength == byPresence ? Answer.of(byLength) : Answer.UNKNOWN;
    }

    private static boolean byDefault(Direction direction, boolean ingress, boolean egress) {
        return direction == Direction.EGRESS ? egress : ingress || !egress;
    }

    private List<CalicoRule> rules(Fields spec, Direction direction) {
        List<Fields> written = spec.items(direction.section());
        List<CalicoRule> rules = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Fields rule = written.get(i);
            rules.add(new CalicoRule(
                    i,
                    action(rule),
                    rule.field("ipVersion").value().asInt(0),
                    CalicoSyntax.protocol(rule.field("protocol").value()),
                    CalicoSyntax.protocol(rule.field("notProtocol").value()),
                    rule.has("icmp") || rule.has("notICMP"),
                    entity(rule.field("source")),
                    entity(rule.field("destination")),
                    rule.has("http"),
                    schemaNotes.unknownFields().stream()
                            .filter(field -> field.startsWith(rule.path() + "."))
                            .toList()));
        }
        return rules;
    }

    private static CalicoRule.Action action(Fields rule) {
        return Arrays.stream(CalicoRule.Action.values())
                .filter(action -> action.spelling().equals(rule.text("action")))
                .findFirst()
                .orElseThrow();
    }

    private static CalicoRule.Entity entity(Fields entity) {
        Fields accounts = entity.field("serviceAccounts");
        Fields service = entity.field("services");
        return new CalicoRule.Entity(
                CalicoSelector.parse(entity.text("selector")),
                CalicoSelector.parse(entity.text("notSelector")),
                CalicoSelector.parse(entity.text("namespaceSelector")),
                accounts.texts("names"),
                CalicoSelector.parse(accounts.text("selector")),
                nets(entity, "nets"),
                nets(entity, "notNets"),
                CalicoSyntax.ports(entity.items("ports")),
                CalicoSyntax.ports(entity.items("notPorts")),
                new CalicoRule.Service(service.text("namespace"), service.text("name")));
    }

    /** What cannot be read is passed over, as Calico does with what is stored (K17). */
    private static List<Cidr> nets(Fields entity, String list) {
        return entity.items(list).stream()
                .flatMap(net -> CalicoSyntax.net(net.text()).stream())
                .toList();
    }
}
