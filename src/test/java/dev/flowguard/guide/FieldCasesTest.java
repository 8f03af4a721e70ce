package dev.flowguard.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.testing.CommandRun;
import io.fabric8.kubernetes.api.model.GroupVersionKindBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that public projects reported, as small cases: what the command line says of each, and what the webhook decides. */
@DisplayName("Of faults from the field")
class FieldCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases/field");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @DisplayName("a second dash that opens a whole protocol is refused where strangers must stay out, and found without"
            + " that")
    void portsOnlyRule() throws IOException {
        String found =
                "allows-everything: NetworkPolicy portal/from-router: ingress[1] opens every TCP port to everybody, so"
                        + " that ingress[0] no longer matters for TCP";
        CommandRun declared = check("ports-only-rule", "change");
        assertThat(declared.exitCode()).isEqualTo(1);
        assertThat(declared.out())
                .startsWith("REJECTED")
                .contains("strangers-stay-out")
                .contains(found);
        assertThat(undeclared("ports-only-rule", "change").out())
                .startsWith("WARNED")
                .contains(found);
        assertThat(decided("ports-only-rule", "change").isRejection()).isTrue();
    }

    @Test
    @DisplayName("policy types that the file never had stay: new egress rules are ignored, and nothing is cut")
    void policyTypesKept() {
        for (String change : List.of("change", "change-as-the-server-sees-it")) {
            assertThat(check("policytypes-kept", change))
                    .satisfies(run -> assertThat(run.exitCode()).isZero())
                    .satisfies(run -> assertThat(run.out())
                            .startsWith("WARNED")
                            .contains("egress-rules-ignored")
                            .doesNotContain("breaks", "dns-egress-cut"));
        }
        CommandRun replaced = CommandRun.of(
                "check",
                "--manifests",
                file("policytypes-kept", "cluster"),
                "--replace",
                "--change",
                file("policytypes-kept", "change"));
        assertThat(replaced.out()).startsWith("REJECTED").contains("vault-resolves-names");
        assertThat(decided("policytypes-kept", "change-as-the-server-sees-it").isRejection())
                .isFalse();
    }

    @Test
    @DisplayName("a label that a merge left in the selector is named as the one too many")
    void mergedSelector() {
        CommandRun run = check("merged-selector", "change");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("REJECTED")
                .contains("keycloak-stores")
                .contains("app=mysql is the label too many (mysql has tier=mysql)");
        assertThat(decided("merged-selector", "change").isRejection()).isTrue();
    }

    @Test
    @DisplayName("a webhook that only pods are let in to, by the Service's port, is cut off from the API server")
    void webhookServicePort() throws IOException {
        CommandRun declared = check("webhook-service-port", "change");
        assertThat(declared.out())
                .startsWith("REJECTED")
                .contains("api-server-asks-the-webhook")
                .contains("its pods listen on 9443");
        assertThat(undeclared("webhook-service-port", "change").out())
                .startsWith("WARNED")
                .contains("cuts the API server from apisix/ingress-controller:9443 (implied by"
                        + " ValidatingWebhookConfiguration ingress-controller): blocked on ingress by NetworkPolicy"
                        + " apisix/allow-webhook-traffic")
                .contains("ipBlock: {cidr: 192.168.50.10/32}")
                .contains("service-port-not-target-port");
        CommandRun onNode = CommandRun.of(
                "check",
                "--manifests",
                file("webhook-service-port", "cluster"),
                "--manifests",
                file("webhook-service-port", "variant-node"),
                "--change",
                file("webhook-service-port", "change"));
        assertThat(onNode.out()).startsWith("REJECTED").doesNotContain("unbound");
        assertThat(decided("webhook-service-port", "change", "variant-node").isRejection())
                .isTrue();
    }

    @Test
    @DisplayName("labels of a Job and a CronJob are not those of their pods")
    void jobTemplateLabels() {
        assertThat(check("job-template-labels", "change").out())
                .startsWith("REJECTED")
                .contains(
                        "breaks 2 declared flows", "Job desk/db-upgrade, annotation", "CronJob desk/ticker, annotation")
                .doesNotContain("php-fpm -> desk/mariadb", "DoesNotExist", "podSelector: {}")
                .contains("app.kubernetes.io/component=job is on Job db-upgrade, not on its pod template")
                .contains("app.kubernetes.io/component=cronjob is on CronJob ticker, not on its pod template");
        assertThat(check("job-template-labels", "change-by-job-name").out())
                .contains("desk/ticker -> desk/mariadb:3306/TCP")
                .doesNotContain("db-upgrade -> desk/mariadb");
        assertThat(decided("job-template-labels", "change").isRejection()).isTrue();
    }

    @Test
    @DisplayName("a policy that lets Prometheus scrape CoreDNS is told to cut everybody off from DNS, though nobody"
            + " declared anything")
    void dnsIngressIsolated() {
        CommandRun run = check("dns-ingress-isolated", "change");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("WARNED")
                .contains("dns-ingress-cut: NetworkPolicy kube-system/scrape-coredns: cuts off every pod from DNS over"
                        + " UDP and TCP");
        assertThat(decided("dns-ingress-isolated", "change").isRejection()).isFalse();
        assertThat(decided("dns-ingress-isolated", "change", "variant-contract").isRejection())
                .isTrue();
    }

    @Test
    @DisplayName(
            "everything but private addresses does not reach the DNS pods, whether or not their addresses are seen")
    void dnsLinkLocal() {
        String found =
                "dns-egress-cut: NetworkPolicy lease-7f/deployment-restrictions: cuts off web from DNS over UDP and"
                        + " TCP";
        assertThat(check("dns-link-local", "change").out()).startsWith("WARNED").contains(found);
        CommandRun live = CommandRun.of(
                "check",
                "--manifests",
                file("dns-link-local", "cluster"),
                "--manifests",
                file("dns-link-local", "variant-live-pods"),
                "--change",
                file("dns-link-local", "change"));
        assertThat(live.out()).startsWith("WARNED").contains(found);
        assertThat(decided("dns-link-local", "change", "variant-live-pods", "variant-contract")
                        .isRejection())
                .isTrue();
    }

    private static CommandRun check(String name, String change) {
        return CommandRun.of("check", "--manifests", file(name, "cluster"), "--change", file(name, change));
    }

    /** As if nobody had declared anything. */
    private CommandRun undeclared(String name, String change) throws IOException {
        String cluster = Stream.of(
                        Files.readString(Path.of(file(name, "cluster"))).split("\n---\n"))
                .filter(document -> !document.contains("kind: FlowContract"))
                .collect(Collectors.joining("\n---\n"));
        Path without = Files.writeString(folder.resolve("cluster.yaml"), cluster);
        return CommandRun.of("check", "--manifests", without.toString(), "--change", file(name, change));
    }

    /** What the webhook decides about the first policy of the file. */
    private static Decision decided(String name, String change, String... variants) {
        List<Observation> observations = new ArrayList<>(
                Manifests.read(Path.of(file(name, "cluster")), false).observations());
        for (String variant : variants) {
            observations.addAll(
                    Manifests.read(Path.of(file(name, variant)), false).observations());
        }
        try {
            NetworkPolicy policy = Serialization.unmarshal(
                    Files.readString(Path.of(file(name, change))).split("\n---\n")[0], NetworkPolicy.class);
            AdmissionRequest request = new AdmissionRequest();
            request.setUid("1");
            Optional<NetworkPolicy> old = inCluster(name, policy);
            request.setOperation(old.isPresent() ? "UPDATE" : "CREATE");
            old.ifPresent(request::setOldObject);
            request.setKind(new GroupVersionKindBuilder()
                    .withGroup("networking.k8s.io")
                    .withVersion("v1")
                    .withKind("NetworkPolicy")
                    .build());
            request.setNamespace(policy.getMetadata().getNamespace());
            request.setName(policy.getMetadata().getName());
            request.setObject(policy);
            return new DecisionProcess(
                            new InMemoryCluster(ClusterSettings.DEFAULT, observations), DecisionSettings.DEFAULT)
                    .decide(new ReviewMapping(ref -> Optional.empty()).map(request));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The policy of that name as it is in the cluster. */
    private static Optional<NetworkPolicy> inCluster(String name, NetworkPolicy policy) throws IOException {
        return Stream.of(Files.readString(Path.of(file(name, "cluster"))).split("\n---\n"))
                .filter(document -> document.contains("kind: NetworkPolicy"))
                .map(document -> Serialization.unmarshal(document, NetworkPolicy.class))
                .filter(each ->
                        each.getMetadata().getName().equals(policy.getMetadata().getName()))
                .findFirst();
    }

    private static String file(String name, String part) {
        return CASES.resolve(name).resolve(part + ".yaml").toString();
    }
}
