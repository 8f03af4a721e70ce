package dev.flowguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
    private static final List<String> WORDS = List.of(
            "dns", "kubernetes-api", "service", "pods", "namespace", "cidr", "podSelector", "In", "NotIn", "TCP");

    @DisplayName("finds the word that was meant")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "podz, pods",
        "pod, pods",
        "namspace, namespace",
        "namespaces, namespace",
        "dsn, dns",
        "DNS, dns",
        "srvice, service",
        "sevrice, service",
        "kube, kubernetes-api",
        "kubernetesapi, kubernetes-api",
        "podSelecter, podSelector",
        "podselectors, podSelector",
        "IN, In",
        "notin, NotIn",
        "Not, NotIn",
        "tpc, TCP",
    })
    void meant(String found, String word) {
        assertThat(Spelling.nearest(found, WORDS)).contains(word);
        assertThat(Spelling.hint(found, WORDS)).isEqualTo("; did you mean \"" + word + "\"?");
    }

    @DisplayName("says nothing rather than guess")
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "x", "port", "egress", "host", "ICMP", "anything-else", "se"})
    void nothing(String found) {
        assertThat(Spelling.nearest(found, WORDS)).isEmpty();
        assertThat(Spelling.hint(found, WORDS)).isEmpty();
    }

    @Test
    @DisplayName("prefers the nearer word, then the first")
    void nearest() {
        assertThat(Spelling.nearest("ports", List.of("posts", "port", "ports2")))
                .contains("posts");
        assertThat(Spelling.nearest("egress", List.of("ingress", "egres"))).contains("egres");
        assertThat(Spelling.nearest("anything", List.of())).isEmpty();
    }
}
