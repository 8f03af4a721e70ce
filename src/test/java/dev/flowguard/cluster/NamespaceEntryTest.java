package dev.flowguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.policy.Labels;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceEntryTest {
    @DisplayName("DESIGN 8.8: whose contracts may reject changes here")
    @ParameterizedTest(name = "\"{0}\" accepts those of {1}: {2}")
    @CsvSource({
        "'',          here,  true",
        "'',          shop,  false",
        "shop,        shop,  true",
        "' a , shop', shop,  true",
        "shopping,    shop,  false",
        "*,           shop,  true",
        "'a,*',       shop,  true",
    })
    void accepts(String accepted, String namespace, boolean expected) {
        NamespaceEntry entry = new NamespaceEntry(
                "here", Labels.NONE, Map.of(NamespaceEntry.ACCEPT_CONTRACTS_FROM, accepted), false, false);
        assertThat(entry.acceptsContractsFrom(namespace)).isEqualTo(expected);
    }

    @Test
    @DisplayName("P13: a namespace carries its own name, whatever its labels say")
    void name() {
        Labels lying = Labels.of(Map.of("kubernetes.io/metadata.name", "other"));
        assertThat(new NamespaceEntry("here", lying, Map.of(), false, false).labels())
                .hasToString("kubernetes.io/metadata.name=here");
    }
}
