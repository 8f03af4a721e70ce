package dev.flowguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A whole cluster, with the verdicts that a network plugin's own engine gave of it: a folder under {@code other-policies}. */
public record EngineCase(Path folder) {
    private static final Path ALL = Path.of("src/test/resources/other-policies");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of one folder, by name. */
    public static List<EngineCase> in(String kind) throws IOException {
        try (Stream<Path> folders = Files.list(ALL.resolve(kind))) {
            return folders.filter(each -> Files.exists(each.resolve("cluster.yaml")))
                    .sorted()
                    .map(EngineCase::new)
                    .toList();
        }
    }

    /** The cluster, as a plugin sees it. */
    public Snapshot cluster(String cni) {
        List<Observation> observations = new ArrayList<>();
        for (String file : List.of("cluster.yaml", "policies.yaml")) {
            LoadedManifests loaded = Manifests.read(folder.resolve(file), false);
            assertThat(loaded.problems()).isEmpty();
            observations.addAll(loaded.observations());
        }
        return new ClusterModel(ClusterSettings.DEFAULT.withCni(cni)).apply(observations);
    }

    public List<Probe> probes() throws IOException {
        List<Probe> probes = new ArrayList<>();
        JSON.readTree(folder.resolve("expect.json").toFile())
                .path("probes")
                .forEach(probe -> probes.add(new Probe(probe)));
        return probes;
    }

    /** One kind of traffic, and what the engine made of it. */
    public record Probe(JsonNode json) {
        public Pair pair(Snapshot cluster) {
            Traffic traffic = new Traffic(
                    Protocol.valueOf(json.path("protocol").asText()),
                    PortRange.of(json.path("port").asInt()),
                    IpFamily.IPV4,
                    Route.DIRECT);
            return new Pair(
                    end(cluster, json.path("from").asText()),
                    end(cluster, json.path("to").asText()),
                    traffic);
        }

        /** Whether the engine's verdict on that plugin is one to hold others against. */
        public boolean isSure(String cni) {
            return !json.path("unsure").asBoolean()
                    && !json.path(cni + "_unsure").asBoolean();
        }

        /** {@code allowed}, {@code undetermined} or {@code blocked on egress}. */
        public String expected(String cni) {
            if (json.has(cni)) {
                return json.path(cni).asBoolean() ? "allowed" : "blocked";
            }
            if (json.path("undetermined").asBoolean()) {
                return "undetermined";
            }
            return json.path("allowed").asBoolean()
                    ? "allowed"
                    : "blocked on " + json.path("blocked").asText();
        }

        /** The verdict in the same words. */
        public static String text(Verdict verdict) {
            return verdict.match(
                    () -> "allowed",
                    blocked -> "blocked on "
                            + (blocked.sides().size() == 2
                                    ? "both"
                                    : blocked.sides().get(0).direction().section()),
                    undetermined -> "undetermined");
        }

        @Override
        public String toString() {
            return json.toString();
        }

        private static Endpoint end(Snapshot cluster, String text) {
            if (text.startsWith("ip:")) {
                Address address = Address.parse(text.substring("ip:".length()));
                return new Endpoint.Addresses(
                        AddressRange.of(address),
                        cluster.isNodeAddress(address)
                                ? Endpoint.Addresses.Kind.NODE
                                : Endpoint.Addresses.Kind.OUTSIDE);
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
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
