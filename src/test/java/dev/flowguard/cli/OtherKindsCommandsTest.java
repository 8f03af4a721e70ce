package dev.flowguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo clusters, asked by commands that are mostly asked about NetworkPolicies. */
@DisplayName("Commands see policies of every kind")
class OtherKindsCommandsTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "tiers, generic, ClusterNetworkPolicy/closed-by-default, ClusterNetworkPolicy closed-by-default",
        "cilium, cilium, cnp/bank/ledger, CiliumNetworkPolicy bank/ledger",
        "cilium, cilium, CiliumCIDRGroup/clearing-house, CiliumCIDRGroup clearing-house",
        "calico, calico, networkpolicies.projectcalico.org/shop/orders, NetworkPolicy shop/orders",
        "calico, calico, gnp/security.restricted, GlobalNetworkPolicy security.restricted",
        "calico, calico, StagedGlobalNetworkPolicy/default-deny, StagedGlobalNetworkPolicy default-deny",
        "calico, calico, GlobalNetworkSet/known-bad, GlobalNetworkSet known-bad",
        "calico, calico, Tier/platform, Tier platform",
    })
    @DisplayName("check --delete takes every kind, staged ones too")
    void delete(String cluster, String plugin, String object, String told) {
        CommandRun run =
                CommandRun.of("check", "--manifests", "deploy/demo/" + cluster, "--cni", plugin, "--delete", object);

        assertThat(run.out()).as(run.err()).contains("delete " + told + "   (--delete)");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "cilium, cilium, web-portal-to-accounts-http",
        "cilium, cilium, accounts-to-ledger-sql",
        "calico, calico, shop-orders-to-db-pg",
        "calico, calico, checkout-to-orders-http",
        "tiers, generic, platform-scraper-to-invoices-metrics",
    })
    @DisplayName("suggest writes what the policies of all kinds let through together")
    void suggest(String cluster, String plugin, String flow) {
        assertThat(CommandRun.of("suggest", "--manifests", "deploy/demo/" + cluster, "--cni", plugin)
                        .out())
                .contains("name: " + flow + "\n");
    }

    @Test
    @DisplayName("diff tells the connections that a policy of another kind takes away")
    void diff() {
        CommandRun run = CommandRun.of(
                "diff",
                "--cni",
                "calico",
                "--base",
                "deploy/demo/calico",
                "--manifests",
                "deploy/demo/calico",
                "--manifests",
                "deploy/demo/calico/changes/01-typo-in-selector.yaml");

        assertThat(run.out()).containsPattern("- shop/checkout +shop/orders +TCP 8080");
    }
}
