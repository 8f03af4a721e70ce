package dev.flowguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a change makes anew, counted: policies asked what they come to, and policies that a pod meets. */
class RebuiltTest {
    private static final int APPS = 500;

    /** Whoever is asked what he comes to. */
    private final List<String> asked = new ArrayList<>();

    private final ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);

    /** A group of addresses by which some policies mean something. */
    private record Group(String name, int version) implements SideInput {}

    /** @param group that its rules mean; empty for none */
    private record OfAnApp(List<String> asked, String app, String group, int version, boolean looksAtNamespaces)
            implements PolicySource {
        @Override
        public RuledRef ref() {
            return new RuledRef("Sort", "test", "", app);
        }

        @Override
        public Mapping mapping(Surroundings surroundings) {
            asked.add(app);
            long meant = group.isEmpty()
                    ? 0
                    : surroundings.inputs(Group.class).stream()
                            .filter(each -> each.name().equals(group))
                            .mapToInt(Group::version)
                            .sum();
            if (looksAtNamespaces) {
                meant += surroundings.namespaces().size() > 1_000 ? 1 : 0;
            }
            ChainRule rule =
                    ChainRule.of((int) meant + version, "rules[0]", "", Action.DENY, Ends.EVERYBODY, Ports.EVERY);
            return Mapping.Ruled.of(new RuledPolicy(
                    ref(),
                    Place.BESIDE_NETWORK_POLICIES,
                    Ends.allOf(new Ends.Pods(), new Ends.PodLabels(LabelSelector.ofLabels(Map.of("app", app)))),
                    new RuledPolicy.Section(false, List.of(rule)),
                    RuledPolicy.Section.ABSENT));
        }

        @Override
        public Set<String> podLabelKeys() {
            return Set.of("app");
        }

        @Override
        public boolean dependsOn(SideInput input, Surroundings surroundings) {
            return input instanceof Group known && known.name().equals(group);
        }

        Observation observed() {
            return new Observation(ObjectRef.of(ref()), List.of(new Fact.Ruled(this)));
        }
    }

    private OfAnApp policy(int number, int version) {
        return new OfAnApp(asked, "app-" + number, number % 50 == 0 ? "partners" : "", version, number % 100 == 1);
    }

    private static Observation group(String name, int version) {
        return new Observation(new ObjectRef("Group", "", name), List.of(new Fact.Input(new Group(name, version))));
    }

    private static Observation namespace(String name, Map<String, String> labels) {
        return new Observation(
                new ObjectRef("Namespace", "", name),
                List.of(new NamespaceEntry(name, Labels.of(labels), Map.of(), false, false)));
    }

    @BeforeEach
    void build() {
        List<Observation> all = new ArrayList<>();
        all.add(namespace("shop", Map.of()));
        all.add(group("partners", 1));
        all.add(group("nobodys", 1));
        IntStream.range(0, APPS).forEach(number -> all.add(policy(number, 0).observed()));
        model.apply(all);
        assertThat(asked).as("all were asked once").hasSize(APPS);
        asked.clear();
    }

    @Test
    @DisplayName(
            "one policy changes: it alone is asked, by the feed as by a judgement, and all others stay the same objects")
    void onePolicy() {
        Snapshot before = model.snapshot();

        Snapshot judged = before.with(policy(7, 1).observed());

        assertThat(asked).containsExactly("app-7");
        assertThat(judged.ruled().alteredSince(before.ruled())).hasSize(2);
        asked.clear();
        Snapshot fed = model.apply(List.of(policy(7, 1).observed()));
        assertThat(asked).containsExactly("app-7");
        assertThat(same(before, fed)).isEqualTo(APPS - 1);
        assertThat(same(before, judged)).isEqualTo(APPS - 1);
    }

    @Test
    @DisplayName("what a judgement takes for the state before is mostly the snapshot itself, which is not made anew")
    void asItIs() {
        Snapshot before = model.snapshot();

        assertThat(before.with(policy(7, 0).observed())).isSameAs(before);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("a group changes: the policies whose rules mean it are asked, and of another group none")
    void oneGroup() {
        Snapshot before = model.snapshot();

        Snapshot after = before.with(group("partners", 2));

        assertThat(asked).hasSize(APPS / 50);
        assertThat(same(before, after)).isEqualTo(APPS - APPS / 50);
        asked.clear();
        assertThat(same(before, before.with(group("nobodys", 2)))).isEqualTo(APPS);
        assertThat(before.with(group("new", 1)).ruled()).isSameAs(before.ruled());
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName(
            "a namespace comes: the policies that look at namespaces are asked, and stay what they were if they come to the same")
    void oneNamespace() {
        Snapshot before = model.snapshot();

        Snapshot after = model.apply(List.of(namespace("data", Map.of("team", "a"))));

        assertThat(asked).hasSize(APPS / 100);
        assertThat(after.ruled()).isSameAs(before.ruled());
    }

    @Test
    @DisplayName(
            "however many policies there are, a pod meets those that name a label of it, and after many changes too")
    void candidates() {
        assertThat(met(model.snapshot())).containsExactly("app-7");
        for (int version = 1; version < 200; version++) {
            model.apply(List.of(policy(version % 20, version).observed()));
        }
        Snapshot after = model.snapshot();
        assertThat(met(after)).contains("app-7").hasSizeLessThanOrEqualTo(33);
        assertThat(after.ruled().all()).hasSize(APPS);
    }

    private static List<String> met(Snapshot cluster) {
        Workload pod = new Workload(
                "shop",
                0,
                "seven",
                List.of(new Owner("Deployment", "seven")),
                Labels.of(Map.of("app", "app-7", "tier", "web")),
                List.of(),
                false,
                "",
                List.of(),
                1);
        return cluster.ruled().candidates(pod, cluster.namespaceLabels(pod)).stream()
                .map(policy -> policy.ref().name())
                .toList();
    }

    /** How many policies of both are one object. */
    private static long same(Snapshot before, Snapshot after) {
        List<RuledPolicy> later = after.ruled().all();
        return before.ruled().all().stream()
                .filter(policy -> later.stream().anyMatch(other -> other == policy))
                .count();
    }
}
