package dev.flowguard.feed.live;

/** Objects of a small cluster as its API server has them. */
final class ClusterYaml {
    private ClusterYaml() {}

    static String namespace(String name) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name);
    }

    /** In the namespace shop. */
    static String pod(String name, String app, String address) {
        return pod("shop", name, app, address);
    }

    static String pod(String namespace, String name, String app, String address) {
        return """
                {apiVersion: v1, kind: Pod, metadata: {namespace: %s, name: %s, labels: {app: %s}},
                 spec: {containers: [{name: main}]}, status: {phase: Running, podIP: %s}}
                """.formatted(namespace, name, app, address);
    }

    /** In the namespace shop, selects all pods and lets nothing in. */
    static String policy(String name) {
        return policy(name, "podSelector: {}, policyTypes: [Ingress]");
    }

    /** In the namespace shop. */
    static String policy(String name, String spec) {
        return """
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {namespace: shop, name: %s},
                 spec: {%s}}
                """.formatted(name, spec);
    }
}
