package dev.flowguard.testing;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/**
 * A cluster and a change to it, made from a seed. A check that fails is repeated with less and less of the cluster; what is left
 * is told with the seed.
 *
 * @param confirmed what the API server has in some namespaces, in place of what was observed
 */
public record Scenario(
        ClusterSettings settings, List<Observation> observations, Change change, Map<String, List<Policy>> confirmed) {
    public static Scenario of(long seed) {
        RandomCluster cluster = new RandomCluster(new Dice(seed));
        return new Scenario(cluster.clusterSettings(), cluster.observations(), cluster.change(), cluster.confirmed());
    }

    public static void check(long seed, Consumer<Scenario> check) {
        Scenario scenario = of(seed);
        try {
            check.accept(scenario);
        } catch (AssertionError | RuntimeException failure) {
            Scenario least = scenario.shrunk(check);
            String told = "Seed " + seed + " fails with\n" + least;
            Assertions.assertThatCode(() -> check.accept(least)).as(told).doesNotThrowAnyException();
            throw new AssertionError(told, failure);
        }
    }

    /** The same, without what the API server has by now, where objects imply traffic and that is told as well. */
    public Scenario implying(long seed) {
        List<Observation> needs = RandomNeeds.of(seed, observations);
        List<Observation> withNeeds = new ArrayList<>(observations);
        withNeeds.removeIf(
                observation -> needs.stream().anyMatch(need -> need.object().equals(observation.object())));
        withNeeds.addAll(needs);
        return new Scenario(settings.withImplied(ImpliedLevels.USUAL), withNeeds, change, Map.of());
    }

    public Snapshot snapshot() {
        return new ClusterModel(settings).apply(observations);
    }

    private Scenario shrunk(Consumer<Scenario> check) {
        Scenario least = this;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int i = 0; i < least.observations.size(); i++) {
                List<Observation> fewer = new ArrayList<>(least.observations);
                fewer.remove(i);
                Scenario candidate = new Scenario(settings, fewer, change, confirmed);
                if (fails(candidate, check)) {
                    least = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return least;
    }

    private static boolean fails(Scenario scenario, Consumer<Scenario> check) {
        try {
            check.accept(scenario);
            return false;
        } catch (AssertionError | RuntimeException failure) {
            return true;
        }
    }

    @Override
    public String toString() {
        return "  " + settings + "\n"
                + observations.stream()
                        .flatMap(observation -> observation.facts().stream())
                        .map(Fact::toString)
                        .collect(Collectors.joining("\n  ", "  ", "\n"))
                + "  " + change + "\n  confirmed: " + confirmed;
    }
}
