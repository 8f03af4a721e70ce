package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.InForce;
import dev.flowguard.testing.RandomPairs;
import dev.flowguard.testing.RandomPolicies;
import dev.flowguard.testing.Relabelled;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS, "Laws that need no oracle". */
class LawsTest {
    private static final int CLUSTERS = 1_500;
    private static final int PAIRS = 20;
    private static final LabelSelector NOBODY = LabelSelector.ofLabels(Map.of("app", "nobody"));

    /** What holds between the answers before and after. */
    private interface Law {
        void check(Pair pair, Answer before, Answer after);
    }

    private static final Law SAME = (pair, before, after) -> assertThat(after).isEqualTo(before);

    @Test
    @DisplayName("a policy that selects no workload changes no verdict")
    void selectsNobody() {
        compare(SAME, (policies, dice) -> {
            Policy random = new RandomPolicies(dice).policy(new PolicyRef("a", "new"));
            return and(policies, new Policy(random.ref(), NOBODY, random.ingress(), random.egress()));
        });
    }

    @Test
    @DisplayName("to delete a policy is to let it select nothing")
    void deleteIsToSelectNothing() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> {
                Policy policy = aPolicy(scenario);
                Policy nobody = new Policy(policy.ref(), NOBODY, policy.ingress(), policy.egress());
                Assessor assessor = new Assessor(scenario.snapshot(), scenario.confirmed());
                assertThat(effects(assessor.assess(new Change.Update(policy, nobody))))
                        .isEqualTo(effects(assessor.assess(new Change.Delete(policy))));
            });
        }
    }

    @Test
    @DisplayName("a rule more never removes a flow")
    void aRuleMore() {
        compare(
                (pair, before, after) -> assertThat(after).isGreaterThanOrEqualTo(before),
                (policies, dice) -> onEach(
                        policies,
                        policy -> mapRules(policy, rules -> {
                            List<Rule> more = new ArrayList<>(rules);
                            more.add(new RandomPolicies(dice).rule(rules.size()));
                            return more;
                        })));
    }

    @Test
    @DisplayName("a rule less never adds a flow")
    void aRuleLess() {
        compare(
                (pair, before, after) -> assertThat(after).isLessThanOrEqualTo(before),
                (policies, dice) -> onEach(
                        policies,
                        policy -> mapRules(
                                policy,
                                rules -> rules.stream()
                                        .filter(rule -> dice.chance(50))
                                        .toList())));
    }

    @Test
    @DisplayName("the order of policies, rules, peers and ports never matters")
    void order() {
        compare(
                SAME,
                (policies, dice) -> dice.shuffled(onEach(
                        policies,
                        policy -> mapRules(
                                policy,
                                rules -> dice.shuffled(rules.stream()
                                        .map(rule -> new Rule(
                                                rule.index(),
                                                dice.shuffled(rule.peers()),
                                                dice.shuffled(rule.ports()),
                                                rule.unknownFields()))
                                        .toList())))));
    }

    @Test
    @DisplayName("a policy for each rule is one policy with all rules")
    void onePolicyForEachRule() {
        compare(
                SAME,
                (policies, dice) -> policies.stream().flatMap(LawsTest::split).toList());
    }

    @Test
    @DisplayName("a port range is the union of its ports")
    void portRange() {
        compare(
                scenario -> scenario.settings().cni().supportsEndPort(),
                SAME,
                (policies, dice) -> onEach(
                        policies,
                        policy -> mapRules(
                                policy,
                                rules -> rules.stream()
                                        .map(rule -> new Rule(
                                                rule.index(),
                                                rule.peers(),
                                                rule.ports().stream()
                                                        .flatMap(LawsTest::singlePorts)
                                                        .toList(),
                                                rule.unknownFields()))
                                        .toList())));
    }

    @Test
    @DisplayName("a new policy changes only flows that start or end, in its direction, at workloads that it selects")
    void onlyWhereItSelects() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            long thrown = ~seed;
            Scenario.check(seed, scenario -> {
                Dice dice = new Dice(thrown);
                Policy added = new RandomPolicies(dice).policy(new PolicyRef("a", "new"));
                List<Policy> policies = policies(scenario);
                compare(scenario, dice, policies, and(policies, added), (pair, before, after) -> {
                    if (before != after) {
                        assertThat(concerns(added, pair.source(), Direction.EGRESS)
                                        || concerns(added, pair.destination(), Direction.INGRESS))
                                .isTrue();
                    }
                });
            });
        }
    }

    @Test
    @DisplayName("to relabel everything alike changes no effect of a change")
    void relabelled() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> {
                Scenario other = Relabelled.of(scenario);
                assertThat(effects(new Assessor(other.snapshot(), other.confirmed()).assess(other.change())))
                        .isEqualTo(effects(
                                new Assessor(scenario.snapshot(), scenario.confirmed()).assess(scenario.change())));
            });
        }
    }

    @Test
    @DisplayName("a change that changes nothing breaks, repairs and questions nothing")
    void noChange() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario.check(seed, scenario -> {
                Policy policy = aPolicy(scenario);
                Assessment assessment = new Assessor(scenario.snapshot(), scenario.confirmed())
                        .assess(new Change.Update(policy, policy));
                assertThat(assessment.flows())
                        .allSatisfy(flow ->
                                assertThat(flow.counts().keySet()).isSubsetOf(Effect.STILL_BROKEN, Effect.NONE));
            });
        }
    }

    private static void compare(Law law, BiFunction<List<Policy>, Dice, List<Policy>> change) {
        compare(scenario -> true, law, change);
    }

    private static void compare(
            Predicate<Scenario> where, Law law, BiFunction<List<Policy>, Dice, List<Policy>> change) {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            long thrown = ~seed;
            Scenario.check(seed, scenario -> {
                Dice dice = new Dice(thrown);
                if (where.test(scenario)) {
                    List<Policy> before = policies(scenario);
                    compare(scenario, dice, before, change.apply(before, dice), law);
                }
            });
        }
    }

    private static void compare(Scenario scenario, Dice dice, List<Policy> before, List<Policy> after, Law law) {
        Snapshot snapshot = scenario.snapshot()
                .distinguishing(Stream.concat(before.stream(), after.stream()).toList());
        Reachability was = new Reachability(snapshot, new InForce(snapshot, before));
        Reachability willBe = new Reachability(snapshot, new InForce(snapshot, after));
        RandomPairs pairs = new RandomPairs(snapshot, dice);
        for (int i = 0; i < PAIRS; i++) {
            Pair pair = pairs.next();
            law.check(pair, was.answer(pair), willBe.answer(pair));
        }
    }

    private static List<Policy> policies(Scenario scenario) {
        return scenario.snapshot().namespaces().stream()
                .flatMap(shard -> shard.policies().stream())
                .map(compiled -> compiled.policy())
                .toList();
    }

    /** The one that is changed. */
    private static Policy aPolicy(Scenario scenario) {
        return scenario.change().versions().findFirst().orElseThrow();
    }

    private static Map<String, Map<Effect, Integer>> effects(Assessment assessment) {
        return assessment.flows().stream()
                .collect(Collectors.toMap(flow -> flow.flow().flow().name(), FlowAssessment::counts));
    }

    private static boolean concerns(Policy policy, Endpoint end, Direction direction) {
        return end.match(
                pods -> pods.workload().namespace().equals(policy.ref().namespace())
                        && (!policy.isUnderstood()
                                || ((policy.isolates(direction)
                                                || !policy.section(direction)
                                                        .written()
                                                        .isEmpty())
                                        && policy.podSelector()
                                                .matches(pods.workload().labels()))),
                addresses -> false);
    }

    private static List<Policy> and(List<Policy> policies, Policy one) {
        return Stream.concat(policies.stream(), Stream.of(one)).toList();
    }

    private static List<Policy> onEach(List<Policy> policies, UnaryOperator<Policy> change) {
        return policies.stream().map(change).toList();
    }

    /** What the policy types leave out stays as it is: on Cilium the first rule there isolates (OTHER-POLICIES L28). */
    private static Policy mapRules(Policy policy, UnaryOperator<List<Rule>> change) {
        return new Policy(
                policy.ref(),
                policy.podSelector(),
                mapRules(policy.ingress(), change),
                mapRules(policy.egress(), change),
                policy.unknownFields());
    }

    private static Policy.Section mapRules(Policy.Section section, UnaryOperator<List<Rule>> change) {
        return section.isolates() ? Policy.Section.isolating(change.apply(section.written())) : section;
    }

    private static Stream<Policy> split(Policy policy) {
        Policy without = new Policy(
                policy.ref(),
                policy.podSelector(),
                new Policy.Section(policy.ingress().isolates(), List.of()),
                new Policy.Section(policy.egress().isolates(), List.of()),
                policy.unknownFields());
        Stream<Policy> ingress = policy.ingress().written().stream()
                .map(rule -> new Policy(
                        new PolicyRef(policy.ref().namespace(), policy.ref().name() + "-in-" + rule.index()),
                        policy.podSelector(),
                        new Policy.Section(policy.ingress().isolates(), List.of(rule)),
                        without.egress(),
                        policy.unknownFields()));
        Stream<Policy> egress = policy.egress().written().stream()
                .map(rule -> new Policy(
                        new PolicyRef(policy.ref().namespace(), policy.ref().name() + "-out-" + rule.index()),
                        policy.podSelector(),
                        without.ingress(),
                        new Policy.Section(policy.egress().isolates(), List.of(rule)),
                        policy.unknownFields()));
        return Stream.concat(Stream.of(without), Stream.concat(ingress, egress));
    }

    private static Stream<PortMatch> singlePorts(PortMatch port) {
        return port.match(
                numbered -> isShort(numbered.ports())
                        ? IntStream.rangeClosed(
                                        numbered.ports().first(),
                                        numbered.ports().last())
                                .mapToObj(number -> PortMatch.Numbered.of(numbered.protocol(), number))
                        : Stream.of(numbered),
                Stream::of,
                Stream::of,
                Stream::of);
    }

    private static boolean isShort(PortRange ports) {
        return ports.last() - ports.first() <= 10;
    }
}
