package dev.flowguard.cluster;

import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pod;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Policy;
import dev.flowguard.testing.Dice;
import dev.flowguard.testing.Part;
import dev.flowguard.testing.Scenario;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterModelTest {
    private static final int CLUSTERS = 1_000;

    private final ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT);

    @Test
    @DisplayName("a snapshot updated event by event is the snapshot built from scratch")
    void eventByEvent() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Dice dice = new Dice(~seed);
            Scenario before = Scenario.of(seed);
            Scenario after = Scenario.of(seed + CLUSTERS);
            ClusterModel model = new ClusterModel(after.settings());
            model.apply(before.observations());
            Map<ObjectRef, Observation> seen = byObject(before.observations());
            for (List<Observation> batch : batches(dice, events(before, after))) {
                Snapshot earlier = model.snapshot();
                Map<String, Object> told = picture(earlier);
                seen.putAll(byObject(batch));
                Snapshot now = model.apply(batch);
                assertThat(picture(now))
                        .as("seed %d", seed)
                        .isEqualTo(picture(new ClusterModel(after.settings()).apply(seen.values())));
                assertThat(picture(earlier))
                        .as("an older snapshot, seed %d", seed)
                        .isEqualTo(told);
            }
            assertThat(picture(model.snapshot())).as("seed %d", seed).isEqualTo(picture(after.snapshot()));
        }
    }

    @Test
    @DisplayName("a snapshot with one more observation is what the model would publish, and changes nothing")
    void withOneMore() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario before = Scenario.of(seed);
            ClusterModel model = new ClusterModel(before.settings());
            Snapshot now = model.apply(before.observations());
            Map<String, Object> told = picture(now);
            Dice dice = new Dice(seed);
            Observation event = dice.oneOf(events(before, Scenario.of(seed + CLUSTERS)));
            Snapshot supposed = now.with(event);
            assertThat(picture(now)).as("seed %d", seed).isEqualTo(told);
            assertThat(model.snapshot()).isSameAs(now);
            boolean namesFewerLabels = before.observations().stream()
                    .filter(observation -> observation.object().equals(event.object()))
                    .anyMatch(observation ->
                            !NamedLabelKeys.perPod(observation.facts()).isEmpty());
            if (namesFewerLabels) {
                continue;
            }
            assertThat(picture(supposed))
                    .as("%s, seed %d", event, seed)
                    .isEqualTo(picture(model.apply(List.of(event))));
        }
    }

    @Test
    @DisplayName("a relist that tells nothing new publishes nothing")
    void relist() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Scenario scenario = Scenario.of(seed);
            ClusterModel model = new ClusterModel(scenario.settings());
            Snapshot first = model.apply(scenario.observations());
            assertThat(model.apply(new Dice(seed).shuffled(scenario.observations())))
                    .isSameAs(first);
            assertThat(model.snapshot()).isSameAs(first);
        }
    }

    @Test
    @DisplayName("each snapshot that is published has the next generation")
    void generations() {
        assertThat(model.snapshot().generation()).isZero();
        assertThat(apply(pods("shop", "app=a")).generation()).isEqualTo(1);
        assertThat(apply(pods("shop", "app=a")).generation()).isEqualTo(1);
        assertThat(apply(pods("shop", "app=b")).generation()).isEqualTo(2);
    }

    @Test
    @DisplayName("what is gone leaves nothing behind, its namespace included; what was never there is nothing new")
    void gone() {
        apply(pod("shop/a", "app=a").ip("10.0.0.1"), pods("other", "app=b"));
        Snapshot without = gone("Pod", "shop", "a");
        assertThat(without.namespace("shop")).isEmpty();
        assertThat(without.isClusterAddress(Address.parse("10.0.0.1"))).isFalse();
        assertThat(gone("Pod", "shop", "a")).isSameAs(without);
        assertThat(gone("Pod", "never", "seen")).isSameAs(without);
    }

    @Test
    @DisplayName("a pod that joins a workload is counted there; a change of its labels moves it")
    void podsComeAndMove() {
        apply(pods("shop", "app=a").ip("10.0.0.1"));
        Workload one = only(apply(pods("shop", "app=a").ip("10.0.0.1").ip("10.0.0.2")));
        assertThat(one.livePods()).isEqualTo(2);
        assertThat(one.addresses()).containsExactly(Address.parse("10.0.0.1"), Address.parse("10.0.0.2"));
        apply(pod("shop/x", "app=x").ip("10.0.0.9"));
        Snapshot moved = apply(pod("shop/x", "app=y").ip("10.0.0.9"));
        assertThat(moved.namespaceOrAssumed("shop").workloads())
                .extracting(workload -> workload.labels().toString())
                .containsExactlyInAnyOrder("app=a", "app=y");
    }

    @Test
    @DisplayName(
            "P13, P15: a namespace is assumed until its object is seen, and again when that is gone while pods remain")
    void assumedNamespace() {
        assertThat(entry(apply(pods("shop", "app=a"))))
                .isEqualTo(NamespaceEntry.assumed("shop"))
                .extracting(NamespaceEntry::labels)
                .hasToString("kubernetes.io/metadata.name=shop");
        assertThat(entry(apply(namespace("shop", "team=a"))).labels())
                .hasToString("kubernetes.io/metadata.name=shop,team=a");
        assertThat(entry(gone("Namespace", "", "shop")).assumed()).isTrue();
    }

    @Test
    @DisplayName("I11: policies that the API server has yet to name are all in force, though their names look the same")
    void yetToBeNamed() {
        Observation one = policy("shop/a-*").isolatesIngress().observations().get(0);
        Observation other = policy("shop/a-*").isolatesEgress().observations().get(0);
        Observation both = new Observation(
                one.object(),
                Stream.concat(one.facts().stream(), other.facts().stream()).toList());
        assertThat(model.apply(List.of(both)).policiesIn("shop")).hasSize(2);
    }

    @Test
    @DisplayName("N8: labels that differ from pod to pod tell pods apart only while a selector names them")
    void perPodLabels() {
        Part statefulSet =
                pods("shop", "app=db").of("StatefulSet", "db").labelledOneByOne(new PerPodLabels.Ordinals("db", 0, 3));
        assertThat(apply(statefulSet).namespaceOrAssumed("shop").workloads()).hasSize(1);
        Part naming = policy("elsewhere/p").selects(PerPodLabels.STATEFUL_SET_POD_NAME + "=db-1");
        assertThat(apply(naming).namespaceOrAssumed("shop").workloads())
                .extracting(workload -> workload.labels().get(PerPodLabels.STATEFUL_SET_POD_NAME))
                .containsExactlyInAnyOrder("db-0", "db-1", "db-2");
        assertThat(gone("NetworkPolicy", "elsewhere", "p")
                        .namespaceOrAssumed("shop")
                        .workloads())
                .hasSize(1);
    }

    @Test
    @DisplayName("a policy that is only considered tells pods apart where it looks for them, and nowhere else")
    void distinguishing() {
        Snapshot plain = apply(
                namespace("shop", "team=a"),
                namespace("other", "team=b"),
                stateful("shop"),
                stateful("other"),
                stateful("third"));
        Policy ordinary = policy("shop/p").selects("app=db").policy();
        assertThat(plain.distinguishing(List.of(ordinary))).isSameAs(plain);
        Policy selecting =
                policy("shop/p").selects(PerPodLabels.POD_INDEX + "=0").policy();
        assertThat(workloads(plain.distinguishing(List.of(selecting)))).containsExactly(1, 2, 1);
        Policy peering = policy("shop/p")
                .egress(namespaces("team=b", PerPodLabels.POD_INDEX + "=0"))
                .policy();
        assertThat(workloads(plain.distinguishing(List.of(peering)))).containsExactly(2, 1, 1);
        assertThat(workloads(plain)).containsExactly(1, 1, 1);
    }

    private static Part stateful(String namespace) {
        return pods(namespace, "app=db")
                .of("StatefulSet", "db")
                .labelledOneByOne(new PerPodLabels.Ordinals("db", 0, 2));
    }

    /** How many there are in other, shop and third. */
    private static List<Integer> workloads(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .map(shard -> shard.workloads().size())
                .toList();
    }

    private Snapshot apply(Part... parts) {
        return model.apply(
                Stream.of(parts).flatMap(part -> part.observations().stream()).toList());
    }

    private Snapshot gone(String kind, String namespace, String name) {
        return model.apply(List.of(Observation.gone(new ObjectRef(kind, namespace, name))));
    }

    private static Workload only(Snapshot snapshot) {
        List<Workload> all = snapshot.namespaceOrAssumed("shop").workloads();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static NamespaceEntry entry(Snapshot snapshot) {
        return snapshot.namespace("shop").orElseThrow().entry();
    }

    /** What leads from one cluster to the other, in any order. */
    private static List<Observation> events(Scenario before, Scenario after) {
        Map<ObjectRef, Observation> wanted = byObject(after.observations());
        List<Observation> events = new ArrayList<>(after.observations());
        before.observations().stream()
                .map(Observation::object)
                .filter(object -> !wanted.containsKey(object))
                .forEach(object -> events.add(Observation.gone(object)));
        return events;
    }

    private static List<List<Observation>> batches(Dice dice, List<Observation> events) {
        List<List<Observation>> batches = new ArrayList<>();
        List<Observation> left = dice.shuffled(events);
        while (!left.isEmpty()) {
            int size = Math.min(left.size(), 1 + dice.below(12));
            batches.add(List.copyOf(left.subList(0, size)));
            left = left.subList(size, left.size());
        }
        return batches;
    }

    private static Map<ObjectRef, Observation> byObject(Collection<Observation> observations) {
        Map<ObjectRef, Observation> byObject = new TreeMap<>();
        observations.forEach(observation -> byObject.put(observation.object(), observation));
        return byObject;
    }

    /** Everything that can be asked of a snapshot. */
    private static Map<String, Object> picture(Snapshot snapshot) {
        Map<String, Object> picture = new LinkedHashMap<>();
        for (NamespaceShard shard : snapshot.namespaces()) {
            picture.put(
                    shard.name(),
                    List.of(
                            shard.entry(),
                            shard.workloads(),
                            shard.podNetwork(),
                            shard.policies(),
                            List.copyOf(shard.services()),
                            shard.services().stream()
                                    .map(service -> shard.endpoints(service.name()))
                                    .toList(),
                            shard.contracts(),
                            shard.otherPolicies(),
                            snapshot.otherPolicies(shard.name()),
                            written(snapshot.flowsTouching(shard)),
                            shard.workloads().stream()
                                    .map(workload -> Stream.of(IpFamily.values())
                                            .map(family -> snapshot.hasAddresses(workload, family))
                                            .toList())
                                    .toList(),
                            snapshot.namespacesMatching(dev.flowguard.policy.LabelSelector.parse("team=red")).stream()
                                    .map(NamespaceShard::name)
                                    .toList()));
        }
        picture.put("flows", written(snapshot.flows()));
        picture.put("contracts", snapshot.contracts());
        picture.put("dns", snapshot.dns());
        picture.put("cni", snapshot.cni());
        picture.put(
                "nodes",
                Stream.of("192.168.0.1", "192.168.0.2", "fd01::1")
                        .map(Address::parse)
                        .map(snapshot::isNodeAddress)
                        .toList());
        picture.put("one node", snapshot.hasOneNode());
        return picture;
    }

    private static List<String> written(List<DeclaredFlow> flows) {
        return flows.stream().map(flow -> flow + " " + flow.flow()).toList();
    }
}
