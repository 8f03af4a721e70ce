package dev.flowguard.assess.finding.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.Manifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small cluster with all that findings of policies of other kinds look at. */
final class Warehouse {
    private static final String OBJECTS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: kube-system, labels: {kubernetes.io/metadata.name: kube-system}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop, team: web}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {kubernetes.io/metadata.name: data, team: store}}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: {enable-policy: default}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}},
              spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: dns, namespace: kube-system, labels: {k8s-app: kube-dns}},
              spec: {containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 10.0.0.5}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: cart, namespace: shop, labels: {app: cart, role: web}},
              spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}, status: {phase: Running, podIPs: [{ip: 10.0.1.11}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: orders, namespace: shop, labels: {app: orders, role: web}},
              spec: {containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 10.0.1.12}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: data, labels: {app: db, role: store}},
              spec: {containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 10.0.2.11}]}}
            """;

    private Warehouse() {}

    static Snapshot with(String cni, List<String> more) {
        LoadedManifests loaded = read(OBJECTS
                + String.join("", more.stream().map(each -> "\n---\n" + each).toList()));
        assertThat(loaded.problems()).isEmpty();
        return new ClusterModel(ClusterSettings.DEFAULT.withCni(cni)).apply(loaded.observations());
    }

    static List<Finding> findings(String cni, List<String> more) {
        return Findings.inForce(with(cni, more), FindingLevels.USUAL);
    }

    private static LoadedManifests read(String text) {
        try {
            return Manifests.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
