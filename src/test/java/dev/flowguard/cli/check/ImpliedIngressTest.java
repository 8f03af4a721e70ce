package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pods of an ingress controller reach the backends of the routes that it serves (DESIGN 10.5). */
class ImpliedIngressTest {
    private static final String BACKEND = """
        {apiVersion: v1, kind: Namespace, metadata: {name: web}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: edge}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: web:1, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: web}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
        """;

    private static final String INGRESS = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: web}
        spec:
          ingressClassName: %s
          rules:
          - http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
        """;

    private static final String GATEWAY = """
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: edge}, spec: {controllerName: traefik.io/gateway-controller}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: edge}
        spec: {gatewayClassName: edge, listeners: [{name: http, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: web}
        spec:
          parentRefs: [{name: public, namespace: edge}]
          rules: [{backendRefs: [{name: web, port: 80}]}]
        """;

    private static final String CONTROLLER = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: controller, namespace: edge}
        spec:
          selector: {matchLabels: {%1$s}}
          template:
            metadata: {labels: {%1$s}}
            spec: {containers: [{name: main, image: controller:1}]}
        """;

    private static final String ONLY_ITSELF = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: same-namespace, namespace: web}
        spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path change;

    @BeforeEach
    void change() throws IOException {
        change = Files.writeString(folder.resolve("change.yaml"), ONLY_ITSELF);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        nginx   | app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller
        nginx   | app.kubernetes.io/name: ingress-nginx
        nginx   | app: ingress-nginx
        traefik | k8s-app: traefik
        kong    | app.kubernetes.io/name: kong
        contour | app: envoy
        """)
    @DisplayName("a policy that shuts the controller out is told with the rule that lets it in, however its pods are"
            + " labelled")
    void shutOut(String ingressClass, String labels) throws IOException {
        String name = labels.split(", ", -1)[0];
        CommandRun run = check(INGRESS.formatted(ingressClass) + CONTROLLER.formatted(labels));

        assertThat(run.out())
                .contains("cuts edge/controller from web/web:8080 (implied by Ingress web/web): blocked on ingress by"
                        + " NetworkPolicy web/same-namespace")
                .contains("{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector:"
                        + " {matchLabels: {" + name);
    }

    @Test
    @DisplayName("a Gateway's controller likewise")
    void gateway() throws IOException {
        assertThat(check(GATEWAY + CONTROLLER.formatted("app.kubernetes.io/name: traefik"))
                        .out())
                .contains("cuts edge/controller from web/web:8080 (implied by HTTPRoute web/web)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Ingress   | app: ingress-nginx
        HTTPRoute | app.kubernetes.io/name: traefik
        """)
    @DisplayName("suggest names the controller's pods by their labels, whatever they are known by")
    void suggested(String kind, String labels) throws IOException {
        String routes = kind.equals("Ingress") ? INGRESS.formatted("nginx") : GATEWAY;
        Path cluster =
                Files.writeString(folder.resolve("cluster.yaml"), BACKEND + routes + CONTROLLER.formatted(labels));
        CommandRun run = CommandRun.of("suggest", "--manifests", cluster.toString());
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(run.out())
                .contains("implied by " + kind + " web/web")
                .contains("from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector:"
                        + " {matchLabels: {" + labels + "}}}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        nginx    | app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: admission-webhook
        nginx    | app.kubernetes.io/name: traefik
        internal | app.kubernetes.io/name: ingress-nginx
        """)
    @DisplayName("pods that are no controller of that class imply nothing")
    void lookAlike(String ingressClass, String labels) throws IOException {
        assertThat(check(INGRESS.formatted(ingressClass) + CONTROLLER.formatted(labels))
                        .out())
                .doesNotContain("cuts edge/controller");
    }

    private CommandRun check(String routes) throws IOException {
        Path cluster = Files.writeString(folder.resolve("cluster.yaml"), BACKEND + routes);
        return CommandRun.of("check", "--manifests", cluster.toString(), "--change", change.toString());
    }
}
