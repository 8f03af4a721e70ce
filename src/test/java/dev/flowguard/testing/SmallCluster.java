package dev.flowguard.testing;

import io.quarkus.test.kubernetes.client.KubernetesServer;
import java.util.function.Consumer;

/** A cluster with two workloads, a declared flow between them and Flowguard's webhook configuration, for a mock API server. */
public final class SmallCluster implements Consumer<KubernetesServer> {
    /** A review of a policy that cuts the declared flow. */
    public static final String CUTS_ORDERS_OFF = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "1", "operation": "CREATE", "namespace": "shop", "name": "deny",
              "kind": {"group": "networking.k8s.io", "version": "v1", "kind": "NetworkPolicy"},
              "resource": {"group": "networking.k8s.io", "version": "v1", "resource": "networkpolicies"},
              "userInfo": {"username": "jane"},
              "object": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                "metadata": {"name": "deny", "namespace": "shop"},
                "spec": {"podSelector": {"matchLabels": {"app": "orders"}}, "policyTypes": ["Ingress"]}}}}
            """;

    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: checkout, labels: {app: checkout}}
            spec: {containers: [{name: main}]}
            status: {phase: Running, podIP: 10.0.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: orders, labels: {app: orders}}
            spec: {containers: [{name: main}]}
            status: {phase: Running, podIP: 10.0.0.2}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: flowguard}
            webhooks:
            - name: networkpolicies.flowguard.dev
              clientConfig: {service: {name: flowguard, namespace: flowguard-system, path: /validate, port: 443}}
            """;

    private static final String CONTRACT = """
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {namespace: shop, name: orders}
            spec:
              flows:
              - name: checkout-calls-orders
                from: {podSelector: {matchLabels: {app: checkout}}}
                to: {podSelector: {matchLabels: {app: orders}}}
                ports: [{port: 8080}]
            """;

    @Override
    public void accept(KubernetesServer server) {
        ServedObjects.create(server.getClient(), OBJECTS, CONTRACT);
    }
}
