package dev.flowguard.verdict;

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
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.reach.Allowances;
import dev.flowguard.verdict.trace.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A small cluster on Cilium, and questions about it in one line each. */
final class CiliumCluster {
    private static final String OBJECTS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: web}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {team: store, env: prod}}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: node-a, labels: {zone: a}}, status: {addresses: [{type: InternalIP, address: 172.18.0.2}]}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: node-b, labels: {zone: b}}, status: {addresses: [{type: InternalIP, address: 172.18.0.3}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: front, namespace: shop, labels: {app: front, app.kubernetes.io/name: front, kubernetes.io/role: edge, topology.kubernetes.io/zone: a, plain: 'yes'}},
              spec: {serviceAccountName: front-sa, containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}, status: {phase: Running, podIPs: [{ip: 10.0.1.11}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: cart, namespace: shop, labels: {app: cart}},
              spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8000}, {name: dns, containerPort: 53, protocol: UDP}]}],
                initContainers: [{name: s, image: i, restartPolicy: Always, ports: [{name: side, containerPort: 7000}]}]}, status: {phase: Running, podIPs: [{ip: 10.0.1.12}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: data, labels: {app: db}},
              spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}]}, status: {phase: Running, podIPs: [{ip: 10.0.2.11}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: data, labels: {app: agent}},
              spec: {hostNetwork: true, containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 172.18.0.3}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: db, namespace: data, labels: {tier: store}}, spec: {selector: {app: db}, ports: [{port: 5432, targetPort: 80}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: partner, namespace: data}, spec: {ports: [{port: 443}]}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: partner-1, namespace: data, labels: {kubernetes.io/service-name: partner}},
              addressType: IPv4, endpoints: [{addresses: [198.51.100.9]}], ports: [{port: 443}]}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: listed, namespace: data, labels: {tier: listed}}, spec: {ports: [{port: 80}]}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: listed-1, namespace: data, labels: {kubernetes.io/service-name: listed}},
              addressType: IPv4, endpoints: [{addresses: [10.0.2.11]}, {addresses: [172.18.0.3]}, {addresses: [192.0.2.7]}], ports: [{port: 80}]}
            """;

    private final Snapshot cluster;

    private CiliumCluster(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** @param more objects beside those that are always there */
    static CiliumCluster with(String cni, List<String> more) {
        LoadedManifests loaded = read(OBJECTS
                + String.join("", more.stream().map(each -> "\n---\n" + each).toList()));
        assertThat(loaded.problems()).isEmpty();
        ClusterModel model = new ClusterModel(ClusterSettings.DEFAULT.withCni(cni));
        return new CiliumCluster(model.apply(loaded.observations()));
    }

    private static LoadedManifests read(String text) {
        try {
            return Manifests.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Snapshot snapshot() {
        return cluster;
    }

    /** @param questions {@code front>cart:8000 yes; 192.0.2.7>cart:53/UDP no egress} */
    List<String> wrong(String questions) {
        List<String> wrong = new ArrayList<>();
        for (String each : questions.trim().split("\\s*;\\s*")) {
            String[] words = each.split("\\s+", 2);
            String found = answer(words[0]);
            if (!found.equals(words[1])) {
                wrong.add(words[0] + " is " + found + ", not " + words[1]);
            }
        }
        return wrong;
    }

    private String answer(String question) {
        String[] ends = question.split(">");
        String[] to = ends[1].split(":");
        String[] port = to[1].split("/");
        boolean icmp = port.length > 1 && port[1].equals("ICMP");
        Traffic traffic = new Traffic(
                port.length > 1 ? Protocol.valueOf(port[1]) : Protocol.TCP,
                icmp ? PortRange.ALL : PortRange.of(Integer.parseInt(port[0])),
                IpFamily.IPV4,
                Route.DIRECT);
        Pair pair = new Pair(end(ends[0]), end(to[0]), traffic);
        Reachability reachability = new Reachability(cluster, cluster);
        Verdict verdict = reachability.verdict(pair);
        assertThat(reachability.trace(pair).verdict().answer()).isEqualTo(verdict.answer());
        boolean toldApart = !pair.source().match(pods -> false, Endpoint.Addresses::ofNode)
                && !pair.destination().match(pods -> false, Endpoint.Addresses::ofNode);
        if (!icmp && (toldApart || reachability.trace(pair).onNodes().size() > 0)) {
            assertThat(EngineVerdicts.inMap(new Allowances(cluster, cluster), pair))
                    .as("%s in the map of all ports", question)
                    .isEqualTo(verdict.answer());
        }
        return verdict.match(
                () -> "yes", blocked -> "no " + blocked.directions().replace(" and ", "+"), undetermined -> "open");
    }

    private Endpoint end(String text) {
        if (Character.isDigit(text.charAt(0))) {
            Address address = Address.parse(text);
            return new Endpoint.Addresses(
                    AddressRange.of(address),
                    cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.OUTSIDE);
        }
        Workload workload = cluster.namespaces().stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(each -> Arrays.asList(text).contains(each.name()))
                .findFirst()
                .orElseThrow();
        return new Endpoint.Pods(workload);
    }
}
