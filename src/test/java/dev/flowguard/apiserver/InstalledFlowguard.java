package dev.flowguard.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.apiserver.ApiClient.Answer;
import dev.flowguard.deploy.Kustomization;
import dev.flowguard.deploy.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An overlay, applied to a control plane of its own, with replicas that have the account of its manifests behind its Service. */
final class InstalledFlowguard implements AutoCloseable {
    static final String NAMESPACE = "flowguard-system";
    static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/flowguard";

    private final ControlPlane plane;
    private final Path folder;
    private final List<Replica> replicas = new ArrayList<>();
    private Path kubeconfig = Path.of("");
    private int started;

    private InstalledFlowguard(ControlPlane plane, Path folder) {
        this.plane = plane;
        this.folder = folder;
    }

    /** The default overlay. Skips the test where this machine has no API server. */
    static InstalledFlowguard in(Path folder, int apiServers, int replicas) throws Exception {
        return in(folder, Path.of("deploy/overlays/default"), apiServers, replicas);
    }

    /** Skips the test where this machine has no API server. */
    static InstalledFlowguard in(Path folder, Path overlay, int apiServers, int replicas) throws Exception {
        Optional<Path> binaries = ControlPlane.binaries();
        if (binaries.isEmpty()) {
            System.out.println("Skipped: " + ControlPlane.HOW_TO_GET_IT);
        }
        assumeTrue(binaries.isPresent(), ControlPlane.HOW_TO_GET_IT);
        InstalledFlowguard installed =
                new InstalledFlowguard(new ControlPlane(binaries.orElseThrow(), folder, apiServers), folder);
        boolean isReady = false;
        try {
            installed.install(overlay);
            for (int each = 0; each < replicas; each++) {
                installed.replicas.add(installed.start());
            }
            installed.replicas.forEach(Replica::awaitReady);
            installed.plane.lead(installed.replicas);
            isReady = true;
            return installed;
        } finally {
            if (!isReady) {
                // Nobody else knows of its processes.
                installed.close();
            }
        }
    }

    private void install(Path overlay) throws Exception {
        for (ObjectNode object : Kustomization.render(overlay)) {
            Answer applied = admin().apply(object);
            assertThat(applied.isSuccess()).as(applied.body().toPrettyString()).isTrue();
            assertThat(applied.warnings()).isEmpty();
        }
        for (String name : List.of("flowcontracts", "clusterflowcontracts")) {
            for (int each = 0; each < plane.size(); each++) {
                awaitServed(admin(each), "/apis/flowguard.dev/v1alpha1/" + name);
            }
        }
        Answer token = admin().create(
                        "/api/v1/namespaces/" + NAMESPACE + "/serviceaccounts/flowguard/token",
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
        kubeconfig = plane.kubeconfig(0, token.body().at("/status/token").asText(), NAMESPACE);
        // The role "edit" has no rules here: a controller would put it together.
        apply("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: developers}
            rules:
            - apiGroups: [networking.k8s.io]
              resources: [networkpolicies]
              verbs: [create, get, patch, update, delete]
            """);
        apply("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: developers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: developers}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: developers}]
            """);
    }

    /** A kind is served a moment after its definition is made. */
    static void awaitServed(ApiClient client, String path) {
        soon(() -> assertThat(client.get(path).code()).isEqualTo(200));
    }

    /** One more replica, which gets no calls yet. */
    Replica start(String... options) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("-Dflowguard.tls.mode=self-managed", "-Dflowguard.audit.publish=true"));
        all.addAll(List.of(options));
        return new Replica(kubeconfig, folder.resolve("replica-" + started++ + ".log"), all.toArray(String[]::new));
    }

    ControlPlane plane() {
        return plane;
    }

    List<Replica> replicas() {
        return replicas;
    }

    /** The administrator, at the first API server. */
    ApiClient admin() throws Exception {
        return admin(0);
    }

    ApiClient admin(int which) throws Exception {
        return plane.admin(which);
    }

    /** Somebody who may change policies. */
    ApiClient jane() throws Exception {
        return admin().as("jane", "developers", "system:authenticated");
    }

    /** A namespace with two workloads and a contract between them, which all replicas have seen. */
    void shop(String namespace) throws Exception {
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
        for (String app : List.of("checkout", "orders")) {
            apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: none, ports: [{containerPort: 8080}]}]}
                """.formatted(app, namespace));
        }
        apply(contract(namespace));
        JsonNode probe = policy(namespace, "probe", "spec: {podSelector: {}, policyTypes: [Ingress]}");
        for (int each = 0; each < plane.size(); each++) {
            ApiClient client = admin(each);
            soon(() -> assertThat(client.apply(probe, "dryRun=All").message()).contains("flow checkout-calls-orders"));
        }
    }

    /** The contract of a {@link #shop}. */
    static String contract(String namespace) {
        return """
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: orders, namespace: %s}
            spec:
              flows:
              - name: checkout-calls-orders
                from: {podSelector: {matchLabels: {app: checkout}}}
                to: {podSelector: {matchLabels: {app: orders}}}
                ports: [{port: 8080}]
            """.formatted(namespace);
    }

    void apply(String yaml) throws Exception {
        Answer applied = admin().apply(Yaml.document(yaml));
        assertThat(applied.isSuccess()).as(applied.message()).isTrue();
    }

    static ObjectNode policy(String namespace, String name, String spec) {
        return Yaml.document("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: %s, namespace: %s}
            """.formatted(name, namespace) + spec);
    }

    static String policies(String namespace) {
        return "/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies";
    }

    /** What happens if nobody answers: {@code Fail} or {@code Ignore}. */
    void failurePolicy(String policy) throws Exception {
        Answer answer = admin().patch(
                        WEBHOOKS,
                        "json",
                        "[{\"op\":\"replace\",\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"" + policy + "\"}]");
        assertThat(answer.isSuccess()).as(answer.message()).isTrue();
    }

    String caBundle() throws Exception {
        return admin().get(WEBHOOKS)
                .body()
                .at("/webhooks/0/clientConfig/caBundle")
                .asText();
    }

    /** What may take a moment. */
    interface Attempt {
        void make() throws Exception;
    }

    static void soon(Attempt attempt) {
        within(Duration.ofSeconds(20), attempt);
    }

    static void within(Duration most, Attempt attempt) {
        await().atMost(most).pollInterval(Duration.ofMillis(20)).untilAsserted(attempt::make);
    }

    @Override
    public void close() throws Exception {
        for (Replica replica : replicas) {
            replica.close();
        }
        plane.close();
    }
}
