package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import org.junit.jupiter.api.Test;

class WrongNamespaceTest {
    private static PolicyPart admitsCheckout(String namespace) {
        return policy(namespace + "/postgres-admits-checkout")
                .selects("app=postgres")
                .ingress(from("app=checkout"), tcp(5432));
    }

    @Test
    void besideTheClients() {
        assertThat(Shop.CLUSTER.assess(create(admitsCheckout("shop")))).read("""
                warning, Warn, metadata.namespace
                wrong-namespace: no pod in shop has app=postgres, only pods in data; policies do not cross namespaces
                The policy has no effect: it selects pods of shop only, and none there has app=postgres. If it is meant
                for those in data, give it metadata.namespace: data; a peer that speaks of pods in shop then needs
                namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}.
                """);
    }

    @Test
    void inDefaultByOversight() {
        PolicyPart policy =
                policy("default/postgres-ingress").selects("app=postgres").ingress(tcp(5432));

        assertThat(Shop.CLUSTER.assess(create(policy))).areAt("wrong-namespace metadata.namespace");
    }

    @Test
    void notWhereTheOtherNamespaceHasThePolicyToo() {
        TestCluster stages = Shop.with(admitsCheckout("data"));

        assertThat(stages.assess(create(admitsCheckout("shop"))))
                .have(
                        "selects-nothing: postgres-admits-checkout: no pod in shop has app=postgres; such pods run in data");
    }

    @Test
    void notInAFreshNamespace() {
        TestCluster fresh = Shop.with(namespace("fresh", "team=fresh"));
        PolicyPart policy =
                policy("fresh/postgres-ingress").selects("app=postgres").ingress(tcp(5432));

        assertThat(fresh.assess(create(policy))).areAt("selects-nothing spec.podSelector");
    }

    @Test
    void notWhereATypoExplainsItBetter() {
        TestCluster cluster = Shop.with(pods("shop", "app=postgress").port("postgres", 5432));

        assertThat(cluster.assess(
                        create(policy("shop/db").selects("app=postgres").ingress(tcp(5432)))))
                .have("selects-nothing: db: no pod in shop has app=postgres; did you mean app=postgress?");
    }
}
