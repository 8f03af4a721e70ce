package dev.flowguard.audit;

import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.Manifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A cluster on Cilium whose one contract is broken by policies of other kinds than NetworkPolicy. */
final class OfOtherKinds {
    private static final String OBJECTS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: checkout, namespace: shop, labels: {app: checkout}},
              spec: {containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 10.0.0.1}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: orders, namespace: shop, labels: {app: orders}},
              spec: {containers: [{name: c, image: i}]}, status: {phase: Running, podIPs: [{ip: 10.0.0.2}]}}
            ---
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: orders, namespace: shop}
            spec:
              flows:
              - name: a
                from: {podSelector: {matchLabels: {app: checkout}}}
                to: {podSelector: {matchLabels: {app: orders}}}
                ports: [{port: 8080}]
            ---
            {apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: guard},
              spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{name: nobody, action: Deny, from: [{namespaces: {}}]}]}}
            ---
            {apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: quiet, namespace: shop},
              spec: {endpointSelector: {matchLabels: {app: checkout}}, egress: [{toEndpoints: [{matchLabels: {app: db}}]}]}}
            """;

    private OfOtherKinds() {}

    static Snapshot blocking() {
        try {
            return new ClusterModel(ClusterSettings.DEFAULT.withCni("cilium"))
                    .apply(Manifests.read(new ByteArrayInputStream(OBJECTS.getBytes(StandardCharsets.UTF_8)))
                            .observations());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
