package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.namespaces;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;

import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.PolicyPart.Term;
import dev.flowguard.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NamespaceMatchesNothingTest {
    private static final TestCluster ONE_TEAMS_FOLDER = TestCluster.with(
            namespace("shop", "team=shop"), pods("shop", "app=orders").port("http", 8080));

    private static PolicyPart admitting(Term peer) {
        return policy("shop/orders-ingress").selects("app=orders").ingress(peer, tcp(8080));
    }

    @Test
    void aLabelCalledNameThatNothingSets() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("name=monitoring")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0].namespaceSelector
                    namespace-matches-nothing: ingress[0].from[0]: no namespace has name=monitoring; use kubernetes.io/metadata.name
                    This peer opens nothing: no namespace has name=monitoring. The API server gives every namespace the
                    label kubernetes.io/metadata.name with its name; any other label, one called name included, exists only
                    where somebody set it. The namespace monitoring has no such label. Write namespaceSelector:
                    {matchLabels: {kubernetes.io/metadata.name: monitoring}}
                    """);
    }

    @Test
    void aNameMistyped() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("kubernetes.io/metadata.name=monitorin")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0].namespaceSelector
                    namespace-matches-nothing: orders-ingress: ingress[0].from[0]: no namespace is named monitorin; did you mean monitoring?
                    This peer opens nothing: no namespace has kubernetes.io/metadata.name=monitorin. The API server gives
                    every namespace the label kubernetes.io/metadata.name with its name; any other label, one called name
                    included, exists only where somebody set it. There is a namespace with
                    kubernetes.io/metadata.name=monitoring. If that is meant, correct the selector.
                    """);
    }

    @Test
    void anotherLabelMistyped() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("team=platfrom", "app=prometheus")))))
                .have("namespace-matches-nothing: ingress[0].from[0]: no namespace has team=platfrom; did you mean"
                        + " team=platform?");
    }

    @Test
    void nothingLikeIt() {
        assertThat(Shop.CLUSTER.assess(create(admitting(namespaces("purpose=logging")))))
                .read("""
                    warning, Warn, spec.ingress[0].from[0].namespaceSelector
                    namespace-matches-nothing: orders-ingress: ingress[0].from[0]: no namespace has purpose=logging
                    This peer opens nothing: no namespace has purpose=logging. The API server gives every namespace the
                    label kubernetes.io/metadata.name with its name; any other label, one called name included, exists only
                    where somebody set it. If the namespace is still to come, the peer takes effect with it.
                    """);
    }

    @Test
    void aTypoInAFolderOfManifests() {
        assertThat(ONE_TEAMS_FOLDER.assess(
                        create(admitting(namespaces("kubernetes.io/metadata.name=shopp", "app=orders")))))
                .areAt("namespace-matches-nothing spec.ingress[0].from[0].namespaceSelector");
    }

    static Stream<Arguments> lookAlikes() {
        return Stream.of(
                Arguments.of(
                        "P13: the label that every namespace has",
                        Shop.CLUSTER,
                        admitting(namespaces("kubernetes.io/metadata.name=monitoring"))),
                Arguments.of(
                        "a label called name that somebody set",
                        Shop.with(namespace("logging", "name=logging")),
                        admitting(namespaces("name=logging"))),
                Arguments.of(
                        "one of two names",
                        Shop.CLUSTER,
                        admitting(namespaces("kubernetes.io/metadata.name in (monitoring,logging)"))),
                Arguments.of(
                        "P10: all but one",
                        Shop.CLUSTER,
                        admitting(namespaces("kubernetes.io/metadata.name!=monitoring"))),
                Arguments.of("namespaces that volunteer", Shop.CLUSTER, admitting(namespaces("may-call-orders=true"))),
                Arguments.of("no namespaceSelector", Shop.CLUSTER, admitting(from("app=checkout"))),
                Arguments.of(
                        "P15: a namespace that a folder of manifests does not show",
                        ONE_TEAMS_FOLDER,
                        admitting(namespaces("kubernetes.io/metadata.name=monitoring", "app=prometheus"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookAlikes")
    void saysNothing(String why, TestCluster cluster, PolicyPart policy) {
        assertThat(cluster.assess(create(policy))).areNone();
    }
}
