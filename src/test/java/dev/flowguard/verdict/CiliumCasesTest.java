package dev.flowguard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Observation;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters, with the verdicts that Cilium's own engine gave of them. */
class CiliumCasesTest {
    private static final Path CASES = Path.of("src/test/resources/other-policies/cilium");

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("Each probe ends as in Cilium's engine")
    void asTheEngine(String name, Path folder) throws IOException {
        List<Observation> observations = new ArrayList<>();
        for (String file : List.of("cluster.yaml", "policies.yaml")) {
            LoadedManifests loaded = Manifests.read(folder.resolve(file), false);
            assertThat(loaded.problems()).isEmpty();
            observations.addAll(loaded.observations());
        }
        Snapshot cluster = cluster(observations);
        List<String> wrong = new ArrayList<>();
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expect.json").toFile());

        for (JsonNode probe : expected.path("probes")) {
            Pair pair = pair(cluster, probe);
            Verdict verdict = new Reachability(cluster, cluster).verdict(pair);
            String found = text(verdict);
            String engine = probe.path("undetermined").asBoolean()
                    ? "undetermined"
                    : probe.path("allowed").asBoolean()
                            ? "allowed"
                            : "blocked on " + probe.path("blocked").asText();
            if (!found.equals(engine) && !isOwnNodePerhaps(pair, found)) {
                wrong.add(probe + " but is " + found);
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** The engine was asked for a pod on another node; here nothing says on which node a pod is (SEMANTICS I16). */
    private static boolean isOwnNodePerhaps(Pair pair, String found) {
        return found.equals("undetermined") && pair.source().match(pods -> false, Endpoint.Addresses::ofNode);
    }

    private static Snapshot cluster(List<Observation> observations) {
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT.withCni("cilium"));
        return model.apply(observations);
    }

    private static Pair pair(Snapshot cluster, JsonNode probe) {
        Traffic traffic = new Traffic(
                Protocol.valueOf(probe.path("protocol").asText()),
                PortRange.of(probe.path("port").asInt()),
                IpFamily.IPV4,
                Route.DIRECT);
        return new Pair(
                end(cluster, probe.path("from").asText()),
                end(cluster, probe.path("to").asText()),
                traffic);
    }

    private static Endpoint end(Snapshot cluster, String text) {
        if (text.startsWith("ip:")) {
            Address address = Address.parse(text.substring("ip:".length()));
            return new Endpoint.Addresses(
                    new AddressRange(address, address),
                    cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
        }
        String namespace = text.substring(0, text.indexOf('/'));
        String pod = text.substring(namespace.length() + 1);
        Workload workload = cluster.namespace(namespace).orElseThrow().workloads().stream()
                .filter(each -> each.owners().stream()
                        .anyMatch(owner -> owner.isBarePod() && owner.name().equals(pod)))
                .findFirst()
                .orElseThrow();
        return new Endpoint.Pods(workload);
    }

    private static String text(Verdict verdict) {
        return verdict.match(
                () -> "allowed",
                blocked -> "blocked on "
                        + (blocked.sides().size() == 2
                                ? "both"
                                : blocked.sides().get(0).direction().section()),
                undetermined -> "undetermined");
    }

    static Stream<Arguments> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders
                    .filter(each -> Files.exists(each.resolve("cluster.yaml")))
                    .sorted()
                    .map(each -> Arguments.of(each.getFileName().toString(), each))
                    .toList()
                    .stream();
        }
    }
}
