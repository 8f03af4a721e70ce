package dev.flowguard.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Fact.Ingress.Backend;
import dev.flowguard.contract.ObjectRef;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IngressReaderTest {
    @Test
    @DisplayName("An Ingress tells the Services behind its default backend and its paths, each once")
    void backends() {
        assertThat(Facts.of(Ingress.class, """
            metadata: {name: web, namespace: shop}
            spec:
              ingressClassName: nginx
              defaultBackend: {service: {name: fallback, port: {number: 80}}}
              tls: [{hosts: [shop.example], secretName: cert}]
              rules:
              - host: shop.example
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: storefront, port: {name: http}}}}
                  - {path: /cart, pathType: Prefix, backend: {service: {name: storefront, port: {name: http}}}}
                  - {path: /img, pathType: Prefix, backend: {resource: {kind: Bucket, name: images}}}
              - host: api.example
            """))
                .containsExactly(
                        new Fact.Ingress(
                                "shop",
                                "web",
                                List.of(new Backend("fallback", "", 80), new Backend("storefront", "http", 0))),
                        new Fact.Implied(new Implication.Route(
                                new ObjectRef("Ingress", "shop", "web"),
                                Implication.Entrance.ofClass("nginx"),
                                List.of(
                                        new Implication.Backend("shop", "fallback", "", 80),
                                        new Implication.Backend("shop", "storefront", "http", 0)))));
    }

    @Test
    @DisplayName("An Ingress without a spec tells of no Service")
    void withoutBackends() {
        assertThat(Facts.of(Ingress.class, "metadata: {name: web, namespace: shop}"))
                .contains(new Fact.Ingress("shop", "web", List.of()));
    }
}
