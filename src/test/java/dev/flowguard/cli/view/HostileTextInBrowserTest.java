package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.PastDecision;
import dev.flowguard.view.http.PageServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Whatever a cluster, a change, a webhook's answer or an address says is text on the page, never HTML. */
@DisplayName("The page, where texts are written as HTML,")
class HostileTextInBrowserTest extends OpenedPage {
    private static final String HTML = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>";

    /** With the marks of YAML's comments and quotes around it. */
    private static final String CLUSTER = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: app, ports: [{containerPort: 80}]}]}
        ---
        # HTML
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: closed
          namespace: shop
          annotations: {note: "HTML", flowguard.dev/override: "HTML"}
        spec: {podSelector: {}, policyTypes: [Ingress]}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: guard}
        spec:
          tier: Admin
          priority: 5
          subject: {namespaces: {}}
          ingress:
          - {name: "HTML", action: Deny, from: [{namespaces: {}}]}
        ---
        apiVersion: flowguard.dev/v1alpha1
        kind: FlowContract
        metadata: {name: web, namespace: shop}
        spec:
          flows:
          - name: "HTML"
            from: {podSelector: {matchLabels: {app: web}}}
            to: {podSelector: {matchLabels: {app: web}}}
            ports: [{protocol: TCP, port: "HTML"}]
          - name: talk
            description: "HTML"
            from: {podSelector: {matchLabels: {app: web}}}
            to: {podSelector: {matchLabels: {app: web}}}
            ports: [{protocol: TCP, port: 80}]
        """.replace("HTML", HTML);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), CLUSTER);
    }

    @BeforeEach
    void open() {
        List<PastDecision> decisions =
                List.of(new PastDecision("2026-03-01T10:00:00Z", HTML, HTML, "Rejected", HTML, HTML));
        show(pages.of("hostile", () -> PageServer.start(0, PageOfDemo.deciding(folder.toString(), decisions))), "");
    }

    /** All that is on the page is what its own files put there: one picture, one script, no style of its own. */
    private static void assertHarmless() {
        assertThat(browser.run("return [window.hacked === undefined, document.querySelectorAll('img').length,"
                        + " document.querySelectorAll('body script, body iframe, body [onerror]').length].join()"))
                .isEqualTo("true,1,0");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("shows them as they are written: flows, mistakes, rules, decisions, what is asked and what is tried")
    void everywhere() {
        browser.find("#panel-flows", "<img src=x");
        assertHarmless();
        browser.go("view=decisions");
        browser.find("#view-decisions td.answer", "<img src=x");
        assertHarmless();
        browser.go("view=map&panel=why&from=10.0.0.1&to=shop/web&port=80");
        browser.find("#panel-why .sides");
        assertThat(browser.run("return document.querySelector('#panel-why .policy').textContent")
                        .toString())
                .contains("<img src=x");
        assertHarmless();
        for (String place : List.of(
                "panel=why&from=X&to=X&port=X", "ns=X&state=X&ports=X", "view=contracts&ns=X", "view=matrix&ns=X")) {
            browser.go(place.replace("X", encoded(HTML)));
            assertHarmless();
        }
        browser.open(
                server.address() + "#panel=why&from=X&to=X&port=X&ns=X&state=X&ports=X".replace("X", encoded(HTML)));
        browser.find("#panel-why .error", "<img src=x");
        assertHarmless();
        browser.find("#search-text").sendKeys("<img src=x onerror=window.hacked=1>");
        browser.find("#search-results");
        assertHarmless();
    }

    @Test
    @DisplayName("shows what is tried as it is written, with what is wrong with it and who asks")
    void tried() {
        paste("apiVersion: v1\nkind: Pod\nmetadata: {name: '" + HTML + "', namespace: shop}\n");
        browser.find("#panel-what-if .error");
        assertHarmless();
        editor().clear();
        paste("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                + "metadata: {name: closed, namespace: shop, annotations: {flowguard.dev/override: '" + HTML + "'}}\n"
                + "spec: {podSelector: {matchLabels: {app: wep}}, policyTypes: [Ingress]} # " + HTML + "\n");
        browser.click("#who option", "somebody else");
        browser.find("input[aria-label='User name']").sendKeys(HTML, Keys.TAB);
        browser.find("#panel-what-if .step");
        assertHarmless();
        browser.find("#object").sendKeys(HTML, Keys.ENTER);
        browser.find("#panel-what-if .error", "<img src=x");
        assertHarmless();
    }

    @Test
    @DisplayName("writes them into a saved picture as text")
    void exported() {
        String svg = (String) browser.answer("""
            const done = arguments[arguments.length - 1];
            flowguardMap.nodes()[0].data('label', arguments[0]);
            import(new URL('export.js', location.href.split('#')[0])).then(module => done(module.svg(flowguardMap)));
            """, HTML + "\" onload=\"x");
        assertThat(browser.run("""
            const parsed = new DOMParser().parseFromString(arguments[0], 'image/svg+xml');
            return [parsed.querySelector('parsererror') === null, parsed.querySelectorAll('script, img, image, foreignObject, [onload]').length].join();
            """, svg)).isEqualTo("true,0");
        assertThat(svg).contains("&lt;img src=x");
    }
}
