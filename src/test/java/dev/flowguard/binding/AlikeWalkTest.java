package dev.flowguard.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.testing.RandomCalico;
import dev.flowguard.testing.RandomCilium;
import dev.flowguard.testing.Scenario;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random clusters: pairs by classes against pair by pair. */
class AlikeWalkTest {
    private static final int CLUSTERS = 4_000;

    private static final FlowEnd ANY_POD = new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);
    private static final Flow ALL = new Flow(
            "all",
            Expectation.ALLOWED,
            ANY_POD,
            ANY_POD,
            new FlowPorts.OfPods(
                    List.of(PortMatch.Numbered.of(Protocol.TCP, 80), PortMatch.Numbered.of(Protocol.UDP, 53))));

    private int saved;

    @Test
    @DisplayName(
            "a class has the verdict of each of its pairs: as many of each answer, and each can be shown, in the order"
                    + " of the flow")
    void alike() {
        for (long seed = 0; seed < CLUSTERS; seed++) {
            Snapshot cluster = Scenario.of(seed).snapshot();
            Optional<Classes> classes = Classes.of(cluster, List.of(cluster));
            if (classes.isPresent()) {
                Map<AlikePairs.Question, Answer> known = new HashMap<>();
                for (DeclaredFlow flow : cluster.flows()) {
                    compare(seed, cluster, classes.get(), flow.flow(), known);
                }
            }
        }
        assertThat(saved).as("pairs that were not asked").isGreaterThan(1_000);
    }

    @Test
    @DisplayName("the same under policies of other kinds, between all pods")
    void alikeUnderOtherKinds() {
        int grouped = 0;
        for (long seed = 0; seed < CLUSTERS / 40; seed++) {
            List<Snapshot> clusters = List.of(
                    snapshot("calico", new RandomCalico(seed).objects()),
                    snapshot("cilium", new RandomCilium(seed).objects()));
            for (Snapshot cluster : clusters) {
                Optional<Classes> classes = Classes.of(cluster, List.of(cluster));
                if (classes.isPresent() && !cluster.ruled().all().isEmpty()) {
                    grouped++;
                    compare(seed, cluster, classes.get(), ALL, new HashMap<>());
                }
            }
        }
        assertThat(grouped).as("clusters in which pods are grouped").isGreaterThan(CLUSTERS / 80);
        assertThat(saved).as("pairs that were not asked").isGreaterThan(1_000);
    }

    private static Snapshot snapshot(String cni, List<ObjectNode> objects) {
        return new ClusterModel(ClusterSettings.DEFAULT.withCni(cni))
                .apply(objects.stream()
                        .flatMap(AlikeWalkTest::withTwins)
                        .map(AlikeWalkTest::observation)
                        .toList());
    }

    /** A pod and two Deployments of pods like it, but for a label that no policy names. */
    private static Stream<ObjectNode> withTwins(ObjectNode object) {
        return object.path("kind").asText().equals("Pod")
                ? Stream.of(object, deployment(object, "one"), deployment(object, "two"))
                : Stream.of(object);
    }

    private static ObjectNode deployment(ObjectNode pod, String suffix) {
        ObjectNode deployment = pod.objectNode().put("apiVersion", "apps/v1").put("kind", "Deployment");
        String name = pod.at("/metadata/name").asText() + "-" + suffix;
        deployment
                .putObject("metadata")
                .put("name", name)
                .put("namespace", pod.at("/metadata/namespace").asText());
        ObjectNode spec = deployment.putObject("spec");
        spec.putObject("selector").putObject("matchLabels").put("of", name);
        ObjectNode template = spec.putObject("template");
        ObjectNode labels = template.putObject("metadata").putObject("labels");
        labels.setAll((ObjectNode) pod.at("/metadata/labels").deepCopy());
        labels.put("of", name);
        template.set("spec", pod.path("spec").deepCopy());
        return deployment;
    }

    private static Observation observation(ObjectNode object) {
        return ObjectReader.read(object)
                .match(
                        read -> read.observation(),
                        refused -> Observation.gone(new ObjectRef("None", "", "none")),
                        notRead -> Observation.gone(new ObjectRef("None", "", "none")));
    }

    private void compare(
            long seed, Snapshot cluster, Classes classes, Flow flow, Map<AlikePairs.Question, Answer> known) {
        EndBinding ends = new EndBinding(cluster);
        PairCutter cutter = new PairCutter(cluster, List.of(cluster));
        Reachability reachability = new Reachability(cluster, cluster);
        List<Endpoint> senders = ends.sources(flow.from(), Within.ANYWHERE);
        List<Destination> reached =
                new DestinationBinding(cluster, ends).destinations(flow.to(), flow.ports(), Within.ANYWHERE);
        Map<Answer, Long> expected = new EnumMap<>(Answer.class);
        List<Pair> notOpen = new ArrayList<>();
        for (Endpoint sender : senders) {
            for (Destination destination : reached) {
                cutter.forEach(sender, destination, pair -> {
                    Answer answer = reachability.answer(pair);
                    expected.merge(answer, 1L, Long::sum);
                    return answer.isYes() || notOpen.add(pair);
                });
            }
        }
        Map<Answer, Long> found = new EnumMap<>(Answer.class);
        List<Pair> shown = new ArrayList<>();
        boolean all = new AlikeWalk(cutter, classes, senders, reached).forEach(new AlikeVisitor() {
            @Override
            public Wish visit(AlikePairs pairs) {
                Answer answer = reachability.answer(pairs.one());
                saved += (int) pairs.count() - 1;
                found.merge(answer, pairs.count(), Long::sum);
                pairs.question()
                        .ifPresent(question -> assertThat(known.merge(question, answer, (was, now) -> was))
                                .as("seed %d: the same was asked before, %s", seed, pairs.one())
                                .isEqualTo(answer));
                return answer.isYes() ? Wish.GO_ON : Wish.SHOW_EACH;
            }

            @Override
            public boolean show(Pair pair) {
                return reachability.answer(pair).isYes() || shown.add(pair);
            }
        });
        assertThat(all).isTrue();
        assertThat(found).as("seed %d, %s", seed, flow).isEqualTo(expected);
        assertThat(shown).as("seed %d, %s", seed, flow).isEqualTo(notOpen);
    }
}
