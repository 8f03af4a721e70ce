package dev.flowguard.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cli.view.PageOfDemo;
import dev.flowguard.view.http.Api.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the page knows of the past of a flow")
class FlowHistoryTest {
    private static ClusterMap map(PageApi api) {
        return (ClusterMap) api.answer(new Call("GET", "map", Map.of(), "")).orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "deploy/demo, NetworkPolicy/shop/checkout-ingress, deletion of NetworkPolicy shop/checkout-ingress",
        "deploy/demo/cilium, CiliumNetworkPolicy.cilium.io/bank/ledger, deletion of CiliumNetworkPolicy bank/ledger",
    })
    @DisplayName("is which change of whatever kind of policy made it stand as it does, and since when")
    void kinds(String folder, String deleted, String by) {
        assertThatIsMadeSo(PageOfDemo.api(folder), deleted, by);
    }

    @Test
    @DisplayName("is also who asked for that, where the webhook beside the page has let it pass")
    void asked() {
        PastDecision admitted = new PastDecision(
                "2026-03-01T10:00:00Z", "ann", "delete NetworkPolicy shop/checkout-ingress", "Warned", "", "");
        PastDecision rejected = new PastDecision(
                "2026-03-01T11:00:00Z", "bob", "delete NetworkPolicy shop/checkout-ingress", "Rejected", "", "");
        assertThatIsMadeSo(
                PageOfDemo.deciding("deploy/demo", List.of(rejected, admitted)),
                "NetworkPolicy/shop/checkout-ingress",
                "deletion of NetworkPolicy shop/checkout-ingress, asked for by ann");
    }

    private static void assertThatIsMadeSo(PageApi api, String deleted, String by) {
        assertThat(map(api).flows()).allSatisfy(flow -> assertThat(flow.since()).isEmpty());
        WhatIf tried = (WhatIf)
                api.answer(new Call("POST", "what-if", Map.of(), "{\"text\": \"\", \"delete\": [\"" + deleted + "\"]}"))
                        .orElseThrow();
        assertThat(tried.broken()).isNotEmpty();
        api.answer(new Call("POST", "apply", Map.of(), "{\"state\": \"" + tried.state() + "\"}"));

        assertThat(map(api).flows())
                .filteredOn(flow -> tried.broken().contains(flow.key()))
                .isNotEmpty()
                .allSatisfy(flow -> {
                    assertThat(flow.since()).isNotEmpty();
                    assertThat(flow.by()).isEqualTo(by);
                });
    }
}
