package dev.flowguard.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * As many workloads and connections as the page must cope with: in each namespace tiers of workloads, each tier reached from the one
 * before it, the first from the last of the namespace before, and all of it declared.
 */
public final class LargeCluster {
    /** Each with this many workloads. */
    public static final int PER_NAMESPACE = 30;

    private static final int TIERS = 5;
    private static final int PER_TIER = PER_NAMESPACE / TIERS;

    private LargeCluster() {}

    /** Writes it into the folder, as manifests. */
    public static void write(Path folder, int namespaces) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int namespace = 0; namespace < namespaces; namespace++) {
            namespace(text, namespace, (namespace + namespaces - 1) % namespaces);
        }
        Files.writeString(folder.resolve("large.yaml"), text);
    }

    private static void namespace(StringBuilder text, int number, int before) {
        String name = "team-" + number;
        text.append("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s, labels: {kubernetes.io/metadata.name: %1$s}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: default-deny, namespace: %1$s}
                spec: {podSelector: {}, policyTypes: [Ingress]}
                ---
                """.formatted(name));
        for (int tier = 0; tier < TIERS; tier++) {
            policy(text, before, name, tier);
            for (int each = 0; each < PER_TIER; each++) {
                workload(text, name, tier, each);
            }
        }
        text.append("""
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {name: tiers, namespace: %s}
                spec:
                  flows:
                """.formatted(name));
        for (int tier = 1; tier < TIERS; tier++) {
            text.append("""
                  - name: tier-%1$d-is-reached
                    from: {podSelector: {matchLabels: {tier: t%2$d}}}
                    to: {podSelector: {matchLabels: {tier: t%1$d}}}
                    ports: [{port: 8080}]
                """.formatted(tier, tier - 1));
        }
        text.append("---\n");
    }

    private static void policy(StringBuilder text, int before, String name, int tier) {
        String elsewhere = tier > 0
                ? ""
                : "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team-" + before + "}}, ";
        text.append("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: tier-%1$d, namespace: %2$s}
                spec:
                  podSelector: {matchLabels: {tier: t%1$d}}
                  ingress:
                  - from: [{%3$spodSelector: {matchLabels: {tier: t%4$d}}}]
                    ports: [{port: 8080}]
                ---
                """.formatted(tier, name, elsewhere, (tier + TIERS - 1) % TIERS));
    }

    /** Lets in only who is in that tier: of the policy that guards the second tier of a namespace. */
    public static String change(String namespace, String tier) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: tier-1, namespace: %s}
                spec:
                  podSelector: {matchLabels: {tier: t1}}
                  ingress:
                  - from: [{podSelector: {matchLabels: {tier: %s}}}]
                    ports: [{port: 8080}]
                """.formatted(namespace, tier);
    }

    private static void workload(StringBuilder text, String namespace, int tier, int each) {
        text.append("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app-%1$d-%2$d, namespace: %3$s}
                spec:
                  selector: {matchLabels: {app: app-%1$d-%2$d}}
                  template:
                    metadata: {labels: {app: app-%1$d-%2$d, tier: t%1$d}}
                    spec: {containers: [{name: main, image: app, ports: [{containerPort: 8080}]}]}
                ---
                """.formatted(tier, each, namespace));
    }
}
