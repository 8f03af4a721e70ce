package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

@DisplayName("The page, in a browser, for policies of every kind")
class EveryKindInBrowserTest extends OpenedPage {
    /** Hands over, for each change, what differs between the map that is drawn from scratch and the one that is patched: nothing. */
    private static final String COMPARE = """
        const done = arguments[arguments.length - 1];
        const [changes, deleted] = arguments;
        const base = location.href.split('#')[0];
        const named = map => {
          const id = place => map.ends[place].id;
          const way = each => `${id(each.from)} > ${id(each.to)}`;
          return [
            ...map.namespaces.map(each => `namespace ${each.name}: ${each.workloads}`),
            ...map.ends.map(end => `end ${JSON.stringify(end)}`),
            ...map.links.map(link => `link ${way(link)}: ${link.allowed} / ${link.undetermined}`),
            ...map.bundles.map(bundle => `bundle ${JSON.stringify(bundle)}`),
            ...map.flows.map(flow => `flow ${flow.key}: ${flow.state} ${flow.pairs} ${flow.amiss} ${flow.edges.map(edge => `${way(edge)} ${edge.ports} ${edge.state}`).sort().join()}`),
          ].filter(line => !line.startsWith('end {"id":"0.0.0.0') && !line.includes('"kind":"Addresses"')).sort();
        };
        (async () => {
          const [{patched}, api] = await Promise.all([import(new URL('patch.js', base)), import(new URL('api.js', base))]);
          const now = await api.getMap('now');
          const all = [];
          for (const text of changes) {
            const answer = await api.whatIf({text, delete: deleted, user: '', groups: []});
            if (answer.problems.length) all.push(answer.problems.map(each => each.message));
            else if (answer.patch.whole) all.push('whole');
            else {
              const scratch = named(await api.getMap(answer.state));
              const made = named(patched(now, answer));
              all.push([...scratch.filter(line => !made.includes(line)).map(line => `missing: ${line}`), ...made.filter(line => !scratch.includes(line)).map(line => `too much: ${line}`)]);
            }
          }
          done(all);
        })().catch(failure => done([String(failure)]));
        """;

    private void open(String demo) {
        open(demo, "");
    }

    /** For what is asked of the page's modules and not of what it shows. */
    private void beAt(String demo) {
        if (!browser.isAt(pages.of(demo).address())) {
            open(demo);
        }
    }

    private static List<?> differences(List<String> changes, String... deleted) {
        return (List<?>) browser.answer(COMPARE, changes, List.of(deleted));
    }

    private static Object differences(String text, String... deleted) {
        return Objects.requireNonNull(differences(List.of(text), deleted).get(0));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"shop", "tiers", "cilium", "calico"})
    @DisplayName("makes the map of a change from the one without it just as it is drawn from scratch")
    void patched(String demo) throws IOException {
        beAt(demo);
        List<Path> changes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(Path.of("deploy/demo" + (demo.equals("shop") ? "" : "/" + demo), "changes"))) {
            files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(changes::add);
        }
        for (Path change : changes) {
            texts.add(Files.readString(change));
        }
        List<?> found = differences(texts);
        List<String> wholes = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String name = changes.get(i).getFileName().toString();
            if ("whole".equals(found.get(i))) {
                wholes.add(name);
            } else if (!name.matches(".*(refused-by-the-agent|not-a-tier).*")) {
                assertThat((List<?>) found.get(i)).as(name).isEmpty();
            }
        }
        assertThat(wholes)
                .as("only what concerns everything")
                .doesNotContain("06-typo-in-peer.yaml", "01-teams-apart.yaml");
    }

    @Test
    @DisplayName("does so too where workloads come and go, and where contracts do")
    void workloads() {
        beAt("shop");
        assertThat(differences("", "Deployment/shop/orders")).isEqualTo(List.of());
        assertThat(differences("", "Namespace/shop")).isEqualTo("whole");
        assertThat(differences("", "FlowContract/shop/orders")).isEqualTo(List.of());
        assertThat(differences("", "NetworkPolicy/shop/orders-ingress")).isEqualTo(List.of());
        assertThat(differences("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: newcomer, namespace: shop}
            spec:
              selector: {matchLabels: {app: newcomer}}
              template:
                metadata: {labels: {app: newcomer}}
                spec: {containers: [{name: main, image: app}]}
            """)).isEqualTo(List.of());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("surroundings")
    @DisplayName("does so too where labels of a namespace change, and sets, groups and tiers that policies refer to")
    void surroundings(String demo, String what, String text) {
        beAt(demo);
        assertThat(differences(text)).isEqualTo(List.of());
    }

    static Stream<Arguments> surroundings() {
        return Stream.of(
                Arguments.of("shop", "no label that policies ask for any more", namespace("monitoring", "purpose: x")),
                Arguments.of("shop", "a label more", namespace("shop", "kubernetes.io/metadata.name: shop, x: z")),
                Arguments.of("tiers", "a team less", namespace("orders", "kubernetes.io/metadata.name: orders")),
                Arguments.of("calico", "a label more", namespace("shop", "kubernetes.io/metadata.name: shop, x: z")),
                Arguments.of("cilium", "a smaller group of blocks", """
                    apiVersion: cilium.io/v2alpha1
                    kind: CiliumCIDRGroup
                    metadata: {name: clearing-house}
                    spec: {externalCIDRs: [203.0.113.0/25]}
                    """),
                Arguments.of("calico", "another set of addresses", """
                    apiVersion: projectcalico.org/v3
                    kind: GlobalNetworkSet
                    metadata: {name: known-bad, labels: {reputation: bad}}
                    spec: {nets: [203.0.113.0/25]}
                    """),
                Arguments.of("calico", "an earlier tier", """
                    apiVersion: projectcalico.org/v3
                    kind: Tier
                    metadata: {name: platform}
                    spec: {order: 1}
                    """));
    }

    private static String namespace(String name, String labels) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n";
    }

    @Test
    @DisplayName("shows the rule of an administrator that keeps traffic out, marked in its YAML")
    void denied() {
        open("tiers", "#panel=why&from=platform/scraper&to=orders/api&port=8080");
        browser.find("#panel-why .policy summary", "ClusterNetworkPolicy closed-by-default keeps it out");
        browser.find("#panel-why code.deny", "name: not-from-the-platform");
    }

    @Test
    @DisplayName("marks what is nearly right in a policy that is no NetworkPolicy of Kubernetes, and says what decides")
    void nearlyRight() throws IOException {
        open("calico");
        paste(Files.readString(Path.of("deploy/demo/calico/changes/01-typo-in-selector.yaml")));
        browser.click("#panel-what-if .flows button", "shop/checkout → shop/orders");
        browser.find("#panel-why .almost", "it asks for app=chekout, and the pods have app=checkout");
        browser.find("#panel-why p", "Ingress of shop/orders: blocked; NetworkPolicy: denied, isolated by");
        browser.find("#panel-why .policy summary", "NetworkPolicy.projectcalico.org shop/orders");
        browser.find("#panel-why code.almost-line", "app == 'chekout'");
        browser.find("#panel-why .repair code.added", "app == 'checkout'");
    }

    @Test
    @DisplayName("deletes and edits an object of any kind, found by its name")
    void deletesAndEdits() {
        open("cilium");
        browser.click("#panel-tabs button", "What if");
        browser.find("#object").sendKeys("CiliumNetworkPolicy.cilium.io/bank/ledger");
        browser.click("#panel-what-if button", "Delete");
        browser.find("#panel-what-if .step", "delete CiliumNetworkPolicy bank/ledger");
        browser.find("#panel-what-if .gain, #panel-what-if .loss");
        browser.click("#panel-what-if button", "delete CiliumNetworkPolicy");
        browser.await("document.getElementById('trial').hidden");

        WebElement object = browser.find("#object");
        browser.find("#search-text").sendKeys("policy accounts");
        browser.find("#search-results li", "bank/accounts CiliumNetworkPolicy.cilium.io");
        object.sendKeys("CiliumCIDRGroup.cilium.io/clearing-house", Keys.ENTER);
        browser.await("document.getElementById('what-if-text').value.includes('kind: CiliumCIDRGroup')");
        browser.find("#panel-what-if", "No connection is gained or lost.");
        object.sendKeys("Nothing/of/it", Keys.ENTER);
        browser.find("#panel-what-if .error", "There is no manifest of Nothing of/it");
    }

    @Test
    @DisplayName("answers whoever is named to ask, with the groups that are named")
    void anybody() throws IOException {
        open("tiers");
        paste(Files.readString(Path.of("deploy/demo/tiers/changes/02-teams-apart-first.yaml")));
        browser.find("#trial", "Rejected");
        browser.click("#who option", "somebody else");
        browser.find("input[aria-label='User name']").sendKeys("system:serviceaccount:argocd:anything", Keys.TAB);
        browser.find("#trial", "Warned");
    }
}
