package dev.flowguard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.contract.Enforcement;
import dev.flowguard.net.Address;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowguardConfigTest {
    @Test
    void everyOptionHasADefault() {
        FlowguardConfig config = config(Map.of());

        assertThat(config.manifests()).isEmpty();
        assertThat(config.manifestsRecursive()).isFalse();
        assertThat(config.cni()).isEqualTo("auto");
        assertThat(config.mode()).isEqualTo(Enforcement.DENY);
        assertThat(config.otherPolicies()).isEqualTo(OtherPolicies.CONSIDER);
        assertThat(config.whenNotReady()).isEqualTo(WhenUnsure.ADMIT);
        assertThat(config.apiServers()).isEqualTo(ApiServers.AUTO);
        assertThat(config.whenUnjudged()).isEqualTo(WhenUnsure.ADMIT);
        assertThat(config.deadline()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.maxStaleness()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.tls().mode()).isEqualTo(TlsMode.IN_MEMORY);
        assertThat(config.maxConcurrentReviews()).isEmpty();
        assertThat(config.review().maxTokens()).isEqualTo(2_000_000);
        assertThat(config.review().maxDepth()).isEqualTo(200);
        assertThat(config.review().maxItems()).isEqualTo(250_000);
        assertThat(config.warnOnlyRequesters())
                .containsExactly(
                        "system:serviceaccount:argocd:*",
                        "system:serviceaccount:openshift-gitops:*",
                        "system:serviceaccount:flux-system:*");
        assertThat(config.dns().service()).isEmpty();
        assertThat(config.dns().addresses()).isEmpty();
    }

    @Test
    void everyOptionCanBeSet() {
        FlowguardConfig config = config(Map.ofEntries(
                Map.entry("flowguard.manifests", "deploy/demo"),
                Map.entry("flowguard.manifests-recursive", "true"),
                Map.entry("flowguard.cni", "calico"),
                Map.entry("flowguard.mode", "Audit"),
                Map.entry("flowguard.other-policies", "ignore"),
                Map.entry("flowguard.when-not-ready", "deny"),
                Map.entry("flowguard.api-servers", "several"),
                Map.entry("flowguard.when-unjudged", "deny"),
                Map.entry("flowguard.deadline", "2s"),
                Map.entry("flowguard.max-staleness", "2m"),
                Map.entry("flowguard.tls.mode", "self-managed"),
                Map.entry("flowguard.max-concurrent-reviews", "3"),
                Map.entry("flowguard.warn-only-requesters", "system:serviceaccount:ci:*,jane"),
                Map.entry("flowguard.dns.service", "kube-system/coredns"),
                Map.entry("flowguard.dns.addresses", "169.254.20.10,fd00::a")));

        assertThat(config.manifests()).contains(Path.of("deploy/demo"));
        assertThat(config.manifestsRecursive()).isTrue();
        assertThat(config.cni()).isEqualTo("calico");
        assertThat(config.mode()).isEqualTo(Enforcement.AUDIT);
        assertThat(config.otherPolicies()).isEqualTo(OtherPolicies.IGNORE);
        assertThat(config.whenNotReady()).isEqualTo(WhenUnsure.DENY);
        assertThat(config.apiServers()).isEqualTo(ApiServers.SEVERAL);
        assertThat(config.whenUnjudged()).isEqualTo(WhenUnsure.DENY);
        assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.maxStaleness()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.tls().mode()).isEqualTo(TlsMode.SELF_MANAGED);
        assertThat(config.maxConcurrentReviews()).contains(3);
        assertThat(config.warnOnlyRequesters()).containsExactly("system:serviceaccount:ci:*", "jane");
        assertThat(config.dns().service()).contains(new ServiceName("kube-system", "coredns"));
        assertThat(config.dns().addresses())
                .contains(List.of(Address.parse("169.254.20.10"), Address.parse("fd00::a")));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
        flowguard.mode                   | deny           | expected Deny, Warn or Audit
        flowguard.cni                    | calcio         | "calcio" is not one of auto, generic, calico
        flowguard.other-policies         | maybe          | Cannot convert maybe
        flowguard.manifests-recursive    | perhaps        | "perhaps" is not one of true, false
        flowguard.deadline               | 0s             | "0s" is not a duration above zero, such as 1500ms or 2s
        flowguard.deadline               | soon           | "soon" is not a duration above zero, such as 1500ms or 2s
        flowguard.deadline               | -1s            | "-1s" is not a duration above zero, such as 1500ms or 2s
        flowguard.max-concurrent-reviews | 0              | "0" is not a whole number from 1
        flowguard.max-concurrent-reviews | many           | "many" is not a whole number from 1
        flowguard.dns.service            | kube-dns       | "kube-dns" is not a Service: expected namespace/name
        flowguard.dns.service            | /kube-dns      | "/kube-dns" is not a Service: expected namespace/name
        flowguard.dns.service            | kube-system/   | "kube-system/" is not a Service: expected namespace/name
        flowguard.dns.service            | a/b/c          | "a/b/c" is not a Service: expected namespace/name
        flowguard.dns.addresses          | 1.2.3.4,router | "router" is not an IP address
        flowguard.mdoe                   | Warn           | flowguard.mdoe
        """)
    void aBadValueIsRefusedInWordsThatQuoteIt(String option, String value, String reason) {
        assertThatThrownBy(() -> config(Map.of(option, value)))
                .hasMessageContaining(option)
                .hasMessageContaining(reason);
    }

    private static FlowguardConfig config(Map<String, String> options) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FlowguardConfig.class)
                .withSources(new PropertiesConfigSource(options, "test", 100))
                .build()
                .getConfigMapping(FlowguardConfig.class);
    }
}
