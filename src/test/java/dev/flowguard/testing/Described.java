package dev.flowguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A cluster that is described by manifests, and questions to it in words. */
public record Described(Snapshot cluster) {
    /** Namespaces x and y with the pods a and b in each; every pod has a port web (80/TCP), and all are labelled with what they are. */
    public static final String PODS = Arrays.stream("x/a 10.0.0.1,x/b 10.0.0.2,y/a 10.0.1.1,y/b 10.0.1.2".split(","))
                    .map(text -> text.split("[/ ]"))
                    .map(pod ->
                            ("{apiVersion: v1, kind: Pod, metadata: {name: %2$s, namespace: \"%1$s\", labels: {pod: %2$s}},"
                                            + " spec: {containers: [{name: c, ports: [{name: web, containerPort: 80}]}]},"
                                            + " status: {phase: Running, podIP: %3$s}}")
                                    .formatted((Object[]) pod))
                    .collect(Collectors.joining("\n---\n"))
            + """

            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: x, labels: {team: red}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: 'y', labels: {team: blue}}}
            """;

    /** {@link #PODS} and these documents. */
    public static Described of(String cni, String... documents) {
        String text =
                PODS + Arrays.stream(documents).map(each -> "\n---\n" + each).collect(Collectors.joining());
        LoadedManifests loaded = read(text);
        assertThat(loaded.problems()).isEmpty();
        return new Described(new ClusterModel(ClusterSettings.DEFAULT.withCni(cni)).apply(loaded.observations()));
    }

    public static LoadedManifests read(String text) {
        try {
            return Manifests.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code allowed}, {@code blocked on ingress} or {@code undetermined}; ends are {@code x/a} or {@code 192.0.2.1}. */
    public String verdict(String from, String to, String port) {
        return EngineCase.Probe.text(answer(from, to, port));
    }

    public Verdict answer(String from, String to, String port) {
        return new Reachability(cluster, cluster).verdict(pair(from, to, port));
    }

    public Pair pair(String from, String to, String port) {
        String[] parts = port.split("/");
        Protocol protocol = Protocol.valueOf(parts.length > 1 ? parts[1] : "TCP");
        PortRange ports = protocol.isInPolicies() ? PortRange.of(Integer.parseInt(parts[0])) : PortRange.ALL;
        return new Pair(end(from), end(to), new Traffic(protocol, ports, IpFamily.IPV4, Route.DIRECT));
    }

    private Endpoint end(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            Address address = Address.parse(text);
            return new Endpoint.Addresses(
                    AddressRange.of(address),
                    cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
        }
        Workload workload = cluster.namespace(text.substring(0, slash)).orElseThrow().workloads().stream()
                .filter(each -> each.name().equals(text.substring(slash + 1)))
                .findFirst()
                .orElseThrow();
        return new Endpoint.Pods(workload);
    }
}
