package dev.flowguard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.cli.view.PageOfDemo;
import dev.flowguard.config.BadInput;
import dev.flowguard.view.http.Api.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The page, for policies of every kind,")
class EveryKindTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static PageApi demo(String name) {
        String folder = "deploy/demo" + (name.equals("shop") ? "" : "/" + name);
        return name.equals("calico") ? PageOfDemo.api(folder, "--cni", "calico") : PageOfDemo.api(folder);
    }

    private static Explanation why(PageApi api, String from, String to, String port) {
        return (Explanation)
                api.answer(new Call("GET", "explain", Map.of("from", from, "to", to, "port", port, "state", "now"), ""))
                        .orElseThrow();
    }

    private static WhatIf whatIf(PageApi api, String text, List<String> deleted) {
        try {
            String body = MAPPER.writeValueAsString(Map.of("text", text, "delete", deleted));
            return (WhatIf)
                    api.answer(new Call("POST", "what-if", Map.of(), body)).orElseThrow();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static WorthALook findings(PageApi api, String state) {
        return (WorthALook) api.answer(new Call("GET", "findings", Map.of("state", state), ""))
                .orElseThrow();
    }

    private static List<?> objects(PageApi api) {
        return (List<?>) api.answer(new Call("GET", "objects", Map.of(), "")).orElseThrow();
    }

    private static String yaml(PageApi api, String ref) {
        return ((PageApi.ObjectText) api.answer(new Call("GET", "object", Map.of("ref", ref, "state", "now"), ""))
                        .orElseThrow())
                .yaml();
    }

    /** What is marked of the first rule that decides: the lines of the manifest. */
    private static String marked(Explanation.PolicyView policy, Explanation.RuleView rule) {
        assertThat(rule.firstLine()).as("%s of %s", rule.place(), policy.yaml()).isPositive();
        List<String> lines = policy.yaml().lines().toList();
        return String.join("\n", lines.subList(rule.firstLine() - 1, rule.lastLine()));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}:{3}: {4} {5} {6}")
    @CsvSource({
        "tiers, platform/scraper, orders/api, 9090, ClusterNetworkPolicy, scraping, Allow, name: metrics",
        "tiers, platform/scraper, orders/api, 8080, ClusterNetworkPolicy, closed-by-default, Deny, name:"
                + " not-from-the-platform",
        "tiers, orders/api, billing/invoices, 8080, NetworkPolicy, billing/invoices, Allow,"
                + " kubernetes.io/metadata.name: orders",
        "cilium, web/portal, bank/accounts, 8080, CiliumNetworkPolicy, bank/accounts, Allow, portal",
        "cilium, bank/accounts, bank/ledger, 5432, CiliumNetworkPolicy, bank/ledger, Allow, app: accounts",
        "calico, shop/checkout, shop/orders, 8080, NetworkPolicy.projectcalico.org, shop/orders, Allow, checkout",
        "calico, shop/orders, data/db, 5432, GlobalNetworkPolicy, security.restricted, Pass, action: Pass",
    })
    @DisplayName("marks in its YAML the rule that decides")
    void why(
            String demo,
            String from,
            String to,
            String port,
            String kind,
            String policy,
            String action,
            String written) {
        Explanation told = why(demo(demo), from, to, port);

        List<String> marked = told.traces().stream()
                .flatMap(trace -> trace.sides().stream())
                .flatMap(side -> side.policies().stream())
                .filter(each -> each.kind().equals(kind) && each.ref().equals(policy))
                .flatMap(each -> each.rules().stream()
                        .filter(rule -> rule.matches().equals("yes"))
                        .filter(rule -> rule.action().equals(action))
                        .map(rule -> marked(each, rule)))
                .toList();
        assertThat(marked)
                .as(String.join("\n", told.text()))
                .isNotEmpty()
                .anySatisfy(lines -> assertThat(lines).contains(written));
    }

    @ParameterizedTest(name = "{0}: {1} with {2} for {3}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "shop, NetworkPolicy/shop/orders-ingress, app: chekout, app: checkout, shop/checkout, shop/orders,"
                        + " 8080, app: chekout",
                "shop, NetworkPolicy/shop/orders-ingress, app: order, app: orders, shop/checkout, shop/orders, 8080,"
                        + " podSelector:",
                "shop, NetworkPolicy/shop/database-clients, - Ingress, - Egress, shop/orders, data/postgres, 5432,"
                        + " policyTypes:",
                "shop, NetworkPolicy/shop/orders-ingress, protocol: UDP, protocol: TCP, shop/checkout, shop/orders,"
                        + " 8080, protocol: UDP",
                "calico, NetworkPolicy.projectcalico.org/shop/orders, 'chekout', 'checkout', shop/checkout,"
                        + " shop/orders, 8080, chekout",
                "cilium, CiliumNetworkPolicy.cilium.io/bank/ledger, app: acounts, app: accounts, bank/accounts,"
                        + " bank/ledger, 5432, app: acounts",
                "cilium, CiliumNetworkPolicy.cilium.io/bank/ledger, app: leger, app: ledger, bank/accounts,"
                        + " bank/ledger, 5432, endpointSelector:",
            })
    @DisplayName("marks in its YAML what would have to change where a policy is nearly right")
    void almost(
            String demo, String ref, String slip, String right, String from, String to, String port, String written) {
        PageApi api = demo(demo);
        String text = yaml(api, ref);
        assertThat(text).contains(right);
        String state = whatIf(api, text.replace(right, slip), List.of()).state();
        Explanation told = (Explanation)
                api.answer(new Call("GET", "explain", Map.of("from", from, "to", to, "port", port, "state", state), ""))
                        .orElseThrow();

        List<String> marked = told.traces().stream()
                .flatMap(trace -> trace.sides().stream())
                .flatMap(side -> side.nearMisses().stream())
                .filter(miss -> miss.object().startsWith(ref.replaceFirst("/.*", "")))
                .map(miss -> String.join(
                        "\n", miss.yaml().lines().toList().subList(Math.max(0, miss.firstLine() - 1), miss.lastLine())))
                .toList();
        assertThat(marked)
                .as(String.join("\n", told.text()))
                .isNotEmpty()
                .allSatisfy(lines -> assertThat(lines).contains(written));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "shop, 06-typo-in-peer.yaml, app: chekout, app: checkout",
        "calico, 01-typo-in-selector.yaml, chekout, checkout",
    })
    @DisplayName("corrects a slip of the pen where it stands, and nothing is amiss with it")
    void corrected(String demo, String change, String slip, String right) throws IOException {
        PageApi api = demo(demo);
        Path file = Path.of("deploy/demo" + (demo.equals("shop") ? "" : "/" + demo), "changes", change);
        String state = whatIf(api, Files.readString(file), List.of()).state();
        Explanation told = (Explanation) api.answer(new Call(
                        "GET",
                        "explain",
                        Map.of("from", "shop/checkout", "to", "shop/orders", "port", "8080", "state", state),
                        ""))
                .orElseThrow();

        List<String> corrected = told.traces().stream()
                .flatMap(trace -> trace.sides().stream())
                .flatMap(side -> side.nearMisses().stream())
                .map(Explanation.NearMissView::corrected)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        assertThat(corrected).singleElement().satisfies(text -> {
            assertThat(text).contains(right).doesNotContain(slip);
            WhatIf tried = whatIf(api, text, List.of());
            assertThat(tried.verdict()).isEqualTo("Admitted");
            assertThat(tried.broken()).isEmpty();
        });
    }

    @Test
    @DisplayName("says of a flow of very many connections how many are drawn")
    void cut(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("""
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: all, namespace: crowd}
            spec:
              flows:
              - {name: everybody, from: {podSelector: {}}, to: {podSelector: {}}, ports: [{protocol: TCP, port: 80}]}
            """);
        for (int i = 0; i < 72; i++) {
            text.append("""
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: app-%1$d, namespace: crowd, labels: {app: app-%1$d}}
                spec: {containers: [{name: main, image: app, ports: [{containerPort: 80}]}]}
                """.formatted(i));
        }
        Files.writeString(folder.resolve("crowd.yaml"), text);
        ClusterMap map = (ClusterMap) PageOfDemo.api(folder.toString())
                .answer(new Call("GET", "map", Map.of(), ""))
                .orElseThrow();
        FlowRow flow = map.flows().stream()
                .filter(each -> each.name().equals("everybody"))
                .findFirst()
                .orElseThrow();
        assertThat(flow.cut()).isTrue();
        assertThat(flow.edges()).hasSizeLessThan(flow.pairs());
    }

    @Test
    @DisplayName("marks the rules of AdminNetworkPolicies and BaselineAdminNetworkPolicies too, and says what of a rule"
            + " does not fit")
    void admin(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: main, image: app, ports: [{containerPort: 80}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {containers: [{name: main, image: app, ports: [{containerPort: 5432}]}]}
            ---
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: guard}
            spec:
              priority: 5
              subject: {namespaces: {}}
              ingress:
              - name: not-on-22
                action: Deny
                from: [{namespaces: {}}]
                ports: [{portNumber: {protocol: TCP, port: 22}}]
            ---
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: BaselineAdminNetworkPolicy
            metadata: {name: default}
            spec:
              subject: {namespaces: {}}
              ingress:
              - name: closed
                action: Deny
                from: [{namespaces: {}}]
            """);
        PageApi api = PageOfDemo.api(folder.toString(), "--cni", "ovn-kubernetes");
        Explanation told = why(api, "shop/web", "shop/db", "5432");

        List<Explanation.PolicyView> asked = told.traces().get(0).sides().get(1).policies();
        assertThat(asked)
                .extracting(Explanation.PolicyView::kind)
                .containsExactly("AdminNetworkPolicy", "BaselineAdminNetworkPolicy");
        assertThat(asked.get(0).rules().get(0).misses()).containsExactly("the port is none of those that it names");
        assertThat(marked(asked.get(1), asked.get(1).rules().get(0)))
                .startsWith("  - name: closed")
                .contains("action: Deny");
        assertThat(told.verdict()).isEqualTo("Blocked");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"shop", "tiers", "cilium", "calico"})
    @DisplayName("has the YAML of every object that people write, and that changes nothing as it stands")
    void edited(String demo) {
        PageApi api = demo(demo);
        assertThat(objects(api)).isNotEmpty().allSatisfy(ref -> {
            WhatIf same = whatIf(api, yaml(api, ref.toString()), List.of());
            assertThat(same.problems()).isEmpty();
            assertThat(same.verdict()).isNotEqualTo("Rejected");
            assertThat(same.gainedInAll() + same.lostInAll()).isZero();
            assertThat(same.broken()).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"shop", "tiers", "cilium", "calico"})
    @DisplayName("tries the deletion of every object that people write")
    void deleted(String demo) {
        PageApi api = demo(demo);
        assertThat(objects(api)).isNotEmpty().allSatisfy(ref -> {
            WhatIf without = whatIf(api, "", List.of(ref.toString()));
            assertThat(without.problems()).isEmpty();
            assertThat(without.steps())
                    .hasSize(1)
                    .allSatisfy(step -> assertThat(step.what()).startsWith("delete "));
        });
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "tiers, 01-teams-apart.yaml, Warned",
        "tiers, 02-teams-apart-first.yaml, Rejected",
        "tiers, 03-scraping-later.yaml, Admitted",
        "cilium, 01-deny-the-portal.yaml, Rejected",
        "cilium, 02-deny-the-portal-at-the-ledger.yaml, Admitted",
        "calico, 01-typo-in-selector.yaml, Rejected",
    })
    @DisplayName("answers a change as the webhook would")
    void decided(String demo, String change, String verdict) throws IOException {
        String text = Files.readString(Path.of("deploy/demo", demo, "changes", change));
        assertThat(whatIf(demo(demo), text, List.of()).verdict()).isEqualTo(verdict);
    }

    @Test
    @DisplayName("says of what the webhook is not asked about which flows it breaks, and does not call that a refusal")
    void notAsked(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
            {apiVersion: v1, kind: Namespace, metadata: {name: web, labels: {team: web}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: data}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: front, namespace: web, labels: {app: front}}
            spec: {containers: [{name: main, image: app}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: data, labels: {app: db}}
            spec: {containers: [{name: main, image: app, ports: [{containerPort: 5432}]}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: data}
            spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {team: web}}}]}]}
            ---
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: db, namespace: data}
            spec:
              flows:
              - name: front-reads
                from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}, podSelector: {matchLabels: {app: front}}}
                to: {podSelector: {matchLabels: {app: db}}}
                ports: [{port: 5432}]
            """);
        PageApi api = PageOfDemo.api(folder.toString());
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: web, labels: {team: %s}}}";
        WhatIf moved = whatIf(api, namespace.formatted("other"), List.of());

        assertThat(whatIf(api, namespace.formatted("web"), List.of()).verdict()).isEqualTo("Applied");
        assertThat(moved.steps()).singleElement().satisfies(step -> {
            assertThat(step.decision()).isEqualTo("Breaks");
            assertThat(step.message()).contains("web/front");
        });
        assertThat(moved.verdict()).isEqualTo("Breaks");
        assertThat(moved.broken()).isNotEmpty();
    }

    @Test
    @DisplayName("deletes with a Namespace what is in it")
    void deletesNamespace() {
        PageApi api = demo("shop");
        WhatIf without = whatIf(api, "", List.of("Namespace/shop"));

        assertThat(without.steps())
                .singleElement()
                .satisfies(
                        step -> assertThat(step.what()).matches("delete Namespace shop with all \\d+ objects in it"));
        assertThat(without.lost()).anySatisfy(lost -> assertThat(lost.to()).isEqualTo("shop/orders"));
        ClusterMap map = (ClusterMap) api.answer(new Call("GET", "map", Map.of("state", without.state()), ""))
                .orElseThrow();
        assertThat(map.ends()).noneSatisfy(end -> assertThat(end.namespace()).isEqualTo("shop"));
    }

    @Test
    @DisplayName("tells what is worth a look with a change that is tried, and not what was worth it before")
    void worthALook() {
        PageApi api = demo("shop");
        String typo = yaml(api, "NetworkPolicy/shop/orders-ingress").replace("app: checkout", "app: chekout");
        WhatIf tried = whatIf(api, typo, List.of());

        assertThat(findings(api, "now").findings())
                .noneSatisfy(finding -> assertThat(finding.policy()).contains("orders-ingress"));
        assertThat(findings(api, tried.state()).findings())
                .anySatisfy(finding -> assertThat(finding.policy()).contains("orders-ingress"));
    }

    @Test
    @DisplayName("speaks of its fields where a question cannot be answered, and not of options")
    void fields() {
        PageApi api = demo("shop");

        assertThat(why(api, "shop/checkout", "shop/orders", "80").notes())
                .singleElement()
                .asString()
                .endsWith("for the pods themselves write Deployment/shop/orders in the field To");
        assertThatThrownBy(() -> why(api, "shop/checkout", "203.0.113.10", ""))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The field Port is missing");
        assertThatThrownBy(() -> why(api, "shop/checkout", "svc/shop/orders", "99999"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("99999 in the field Port: expected a number");
        assertThatThrownBy(() -> why(api, "shop/checkout", "svc/shop/orders", "81"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("81/TCP in the field Port: Service shop/orders has no such port");
    }

    @Test
    @DisplayName("lists policies, workloads, Services, Namespaces and contracts, and not what controllers make")
    void listed() {
        assertThat(Stream.of("shop", "tiers", "cilium", "calico").flatMap(name -> objects(demo(name)).stream()))
                .asList()
                .contains(
                        "NetworkPolicy/shop/orders-ingress",
                        "Deployment/shop/orders",
                        "Service/shop/orders",
                        "Namespace/shop",
                        "FlowContract/shop/orders",
                        "ClusterNetworkPolicy.policy.networking.k8s.io/scraping",
                        "CiliumNetworkPolicy.cilium.io/bank/ledger",
                        "CiliumCIDRGroup.cilium.io/clearing-house",
                        "GlobalNetworkPolicy.projectcalico.org/security.restricted",
                        "Tier.projectcalico.org/security");
        assertThat(objects(demo("shop")))
                .noneSatisfy(ref -> assertThat(ref.toString()).startsWith("ReplicaSet/"));
    }

    @Test
    @DisplayName("says of a text that would grow without end why it is not read")
    void bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]%n"
                    .formatted(i, i - 1));
        }
        assertThat(whatIf(demo("shop"), text.toString(), List.of()).problems()).isNotEmpty();
        assertThat(whatIf(demo("shop"), "[".repeat(100_000), List.of()).problems())
                .isNotEmpty();
        String deep = "{\"text\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> demo("shop").answer(new Call("POST", "what-if", Map.of(), deep)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The body is not JSON");
    }
}
