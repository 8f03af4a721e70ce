package dev.flowguard.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Policy;
import dev.flowguard.testing.LiteralCluster;
import dev.flowguard.testing.LiteralEnd;
import dev.flowguard.testing.LiteralFlows;
import dev.flowguard.testing.LiteralFlows.LiteralPair;
import dev.flowguard.testing.LiteralOracle;
import dev.flowguard.testing.Scenario;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random changes of random clusters: the assessment of a change is what the oracle says before and after, pair by pair. With
 * {@code -Dflowguard.assess.changes=20000} more of them.
 */
class AssessorOracleTest {
    private static final int CHANGES = Integer.getInteger("flowguard.assess.changes", 5_000);

    /** So many that something of each kind is broken among them. */
    private static final int CLUSTERS_WITH_IMPLIED_FLOWS = Math.max(500, CHANGES / 40);

    private final Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<FlowState, Integer> states = new EnumMap<>(FlowState.class);

    @Test
    @DisplayName("a change is assessed as the oracle finds each pair before and after it; pairs that are not looked at"
            + " never change")
    void changes() {
        for (long seed = 0; seed < CHANGES; seed++) {
            Scenario.check(seed, this::compareEffects);
        }
        assertThat(effects.keySet())
                .as("effects that were met: %s", effects)
                .containsExactlyInAnyOrder(Effect.values());
        assertThat(effects.values()).as("how often each: %s", effects).allMatch(count -> count > CHANGES / 40);
    }

    @Test
    @DisplayName("a flow stands as the oracle finds its pairs; it is unbound where there is none")
    void states() {
        for (long seed = 0; seed < CHANGES / 4; seed++) {
            Scenario.check(seed, this::compareStates);
        }
        assertThat(states.keySet())
                .as("states that were met: %s", states)
                .containsExactlyInAnyOrder(FlowState.values());
    }

    @Test
    @DisplayName(
            "what is implied is assessed as the oracle finds it; what a declared flow tells of it is not told again")
    void implied() {
        for (int seed = 0; seed < CLUSTERS_WITH_IMPLIED_FLOWS; seed++) {
            long own = seed;
            Scenario.check(own, scenario -> compareImplied(scenario.implying(own)));
        }
        assertThat(kinds.keySet())
                .as("kinds of which something was broken: %s", kinds)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ImpliedKind.values()).map(ImpliedKind::id).toList());
    }

    private void compareImplied(Scenario scenario) {
        List<Policy> observed = new LiteralCluster(scenario.settings(), scenario.observations(), List.of()).policies();
        List<Policy> others = observed.stream()
                .filter(policy -> !policy.ref().equals(scenario.change().policy()))
                .toList();
        List<Policy> before = with(others, scenario.change().before());
        List<Policy> after = with(others, scenario.change().after());
        List<Policy> all = with(before, after);
        LiteralCluster cluster = new LiteralCluster(scenario.settings(), scenario.observations(), all);
        LiteralOracle was = new LiteralOracle(cluster, before);
        LiteralOracle willBe = new LiteralOracle(cluster, after);
        LiteralFlows flows = new LiteralFlows(cluster, all);
        Assessment assessment = new Assessor(scenario.snapshot()).assess(scenario.change());
        List<Flow> implied = cluster.implied();
        assertThat(scenario.snapshot().flows().stream()
                        .filter(flow -> flow.contract().source().isImplied())
                        .map(flow -> unnamed(flow.flow())))
                .as("what is implied")
                .containsExactlyInAnyOrderElementsOf(implied);
        Set<Flow> told = assessment.flows(Effect.NEWLY_BROKEN).stream()
                .filter(flow -> flow.flow().contract().source().isImplied())
                .map(flow -> unnamed(flow.flow().flow()))
                .collect(Collectors.toSet());
        Set<Flow> broken = implied.stream()
                .filter(flow -> flows.pairs(flow).stream()
                        .anyMatch(pair -> effect(Expectation.ALLOWED, pair.answer(was), pair.answer(willBe))
                                == Effect.NEWLY_BROKEN))
                .collect(Collectors.toSet());
        assertThat(broken).as("all that is told breaks").containsAll(told);
        boolean toldByOthers = assessment.flows().stream()
                .anyMatch(each -> !each.flow().contract().source().isImplied());
        if (!toldByOthers) {
            // Two that share all their pairs are told as one.
            assertThat(told.isEmpty()).as("something is told of %s", broken).isEqualTo(broken.isEmpty());
        }
        broken.forEach(flow -> kinds.merge(kindOf(scenario, flow), 1, Integer::sum));
    }

    private static String kindOf(Scenario scenario, Flow flow) {
        return scenario.snapshot().flows().stream()
                .filter(each -> unnamed(each.flow()).equals(flow))
                .map(each -> each.contract().source().implied())
                .findFirst()
                .orElseThrow();
    }

    private static Flow unnamed(Flow flow) {
        return new Flow("", flow.expectation(), flow.from(), flow.to(), flow.ports());
    }

    private void compareEffects(Scenario scenario) {
        List<Policy> observed = new LiteralCluster(scenario.settings(), scenario.observations(), List.of()).policies();
        List<Policy> others = Stream.concat(
                        observed.stream()
                                .filter(policy -> !scenario.confirmed()
                                        .containsKey(policy.ref().namespace())),
                        scenario.confirmed().values().stream().flatMap(List::stream))
                .filter(policy -> !policy.ref().equals(scenario.change().policy()))
                .toList();
        List<Policy> before = with(others, scenario.change().before());
        List<Policy> after = with(others, scenario.change().after());
        List<Policy> all = with(before, after);
        List<Policy> considered = with(
                all,
                scenario.confirmed().values().stream().flatMap(List::stream).toList());
        LiteralCluster cluster = new LiteralCluster(scenario.settings(), scenario.observations(), considered);
        LiteralOracle was = new LiteralOracle(cluster, before);
        LiteralOracle willBe = new LiteralOracle(cluster, after);
        LiteralCluster alone =
                new LiteralCluster(withoutOtherKinds(scenario.settings()), scenario.observations(), considered);
        LiteralOracle wasAlone = new LiteralOracle(alone, before);
        LiteralOracle willBeAlone = new LiteralOracle(alone, after);
        LiteralFlows flows = new LiteralFlows(cluster, all);
        Assessment assessment = new Assessor(scenario.snapshot(), scenario.confirmed()).assess(scenario.change());
        for (Flow flow : cluster.flows()) {
            Set<Effect> expected = EnumSet.noneOf(Effect.class);
            Set<String> broken = new TreeSet<>();
            for (LiteralPair pair : flows.pairs(flow)) {
                Effect effect = effect(flow.expectation(), pair.answer(was), pair.answer(willBe));
                Effect hidden = effect(flow.expectation(), pair.answer(wasAlone), pair.answer(willBeAlone));
                if (effect == Effect.NONE && hidden == Effect.NEWLY_BROKEN) {
                    effect = Effect.UNDETERMINED;
                }
                expected.add(effect);
                if (effect == Effect.NEWLY_BROKEN) {
                    Stream.of(pair.from(), pair.to()).forEach(end -> broken.addAll(namespace(end)));
                }
            }
            expected.remove(Effect.NONE);
            FlowAssessment found = assessment.flows().stream()
                    .filter(each -> each.flow().flow().name().equals(flow.name()))
                    .findFirst()
                    .orElse(null);
            Set<Effect> actual = EnumSet.noneOf(Effect.class);
            if (found != null) {
                actual.addAll(found.counts().keySet());
                actual.remove(Effect.NONE);
                assertThat(found.effect()).isEqualTo(actual.stream().findFirst().orElse(Effect.NONE));
                assertThat(found.namespaces()).isEqualTo(broken);
            }
            // A pair that was broken and stays so is none of this change's business if the change does not concern it.
            if (!actual.contains(Effect.STILL_BROKEN)) {
                expected.remove(Effect.STILL_BROKEN);
            }
            assertThat(actual).as("effects on %s", flow).isEqualTo(expected);
            expected.forEach(effect -> effects.merge(effect, 1, Integer::sum));
            effects.merge(Effect.NONE, 1, Integer::sum);
        }
    }

    private void compareStates(Scenario scenario) {
        LiteralCluster cluster = new LiteralCluster(scenario.settings(), scenario.observations(), List.of());
        LiteralOracle oracle = new LiteralOracle(cluster, cluster.policies());
        LiteralFlows flows = new LiteralFlows(cluster, cluster.policies());
        StateAssessor assessor = new StateAssessor(scenario.snapshot());
        for (FlowStanding standing : assessor.assess()) {
            Flow flow = standing.flow().flow();
            Set<Answer> answers = EnumSet.noneOf(Answer.class);
            Flow written = cluster.flows().stream()
                    .filter(each -> each.name().equals(flow.name()))
                    .findFirst()
                    .orElseThrow();
            flows.pairs(written).forEach(pair -> answers.add(pair.answer(oracle)));
            FlowState expected = state(scenario, answers, flow.expectation());
            assertThat(standing.state()).as("state of %s", flow).isEqualTo(expected);
            assertThat(standing.unbound().isPresent()).isEqualTo(answers.isEmpty());
            states.merge(expected, 1, Integer::sum);
        }
    }

    private static FlowState state(Scenario scenario, Set<Answer> answers, Expectation expectation) {
        Answer unwanted = expectation == Expectation.ALLOWED ? Answer.NO : Answer.YES;
        if (answers.isEmpty()) {
            return FlowState.UNBOUND;
        }
        if (!scenario.settings().cni().enforcesPolicies()) {
            return FlowState.UNENFORCED;
        }
        return answers.contains(unwanted)
                ? FlowState.BROKEN
                : answers.contains(Answer.UNKNOWN) ? FlowState.UNDETERMINED : FlowState.SATISFIED;
    }

    /** DESIGN 8.10, word by word. */
    private static Effect effect(Expectation expectation, Answer before, Answer after) {
        Answer holds = expectation == Expectation.ALLOWED ? Answer.YES : Answer.NO;
        Answer broken = expectation == Expectation.ALLOWED ? Answer.NO : Answer.YES;
        if (before == holds && after == broken) {
            return Effect.NEWLY_BROKEN;
        }
        if (before == broken && after == broken) {
            return Effect.STILL_BROKEN;
        }
        if (before == broken && after == holds) {
            return Effect.REPAIRED;
        }
        boolean warns =
                (before == Answer.UNKNOWN && after == broken) || (before != Answer.UNKNOWN && after == Answer.UNKNOWN);
        return warns ? Effect.UNDETERMINED : Effect.NONE;
    }

    private static ClusterSettings withoutOtherKinds(ClusterSettings settings) {
        return new ClusterSettings(
                settings.cni(), settings.detectCni(), settings.dnsService(), settings.resolvers(), false);
    }

    private static List<Policy> with(List<Policy> some, List<Policy> more) {
        List<Policy> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static List<String> namespace(LiteralEnd end) {
        return end instanceof LiteralEnd.OfPod pod ? List.of(pod.pod().namespace()) : List.of();
    }
}
