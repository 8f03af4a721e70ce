package dev.flowguard.demo;

import dev.flowguard.testing.CommandRun;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answers of the commands that explore, word for word. To accept new ones, run with {@code -Dgolden=write} and read what git
 * shows as changed.
 */
@DisplayName("What can be learnt about the demo shop")
class DemoCommandsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/commands");

    private static final String PLANS = "src/test/resources/plans";

    private static Map<String, List<String>> cases() {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("connections", List.of("connections"));
        for (String format : List.of("text", "json", "csv", "dot", "mermaid")) {
            cases.put("connections-data-" + format, List.of("connections", "-n", "data", "-o", format));
            cases.put("diff-15-" + format, with("15", "diff", "--base", "deploy/demo", "-o", format));
        }
        cases.put("connections-flannel", List.of("connections", "-n", "data", "--cni", "flannel"));
        cases.put("diff-nothing", List.of("diff", "--base", "deploy/demo"));
        cases.put("diff-only-less", with("12", "diff", "--base", "deploy/demo", "-n", "shop"));
        cases.put("explain-allowed", explain("shop/checkout", "shop/orders", "80"));
        cases.put("explain-blocked", explain("shop/storefront", "shop/orders", "80"));
        cases.put("explain-blocked-json", with(explain("shop/storefront", "shop/orders", "80"), "-o", "json"));
        cases.put("explain-meant-to-be-blocked", explain("shop/storefront", "data/postgres", "5432"));
        cases.put(
                "explain-meant-to-be-blocked-json",
                with(explain("shop/storefront", "data/postgres", "5432"), "-o", "json"));
        cases.put("explain-the-pods", explain("shop/storefront", "deploy/shop/orders", "80"));
        cases.put("explain-dns", explain("shop/checkout", "kube-system/kube-dns", "53/UDP"));
        cases.put("explain-outside", explain("checkout", "203.0.113.10", "443"));
        cases.put("explain-outside-cut", explain("checkout", "203.0.112.0/23", "443"));
        cases.put("explain-from-outside", explain("8.8.8.8", "storefront", "http"));
        cases.put("explain-every-port", List.of("explain", "--from", "prometheus", "--to", "svc/kube-system/kube-dns"));
        cases.put("explain-undetermined", explain("shop/checkout", "kube-system/calico-node", "9099"));
        cases.put(
                "explain-some-ports",
                List.of("explain", "--from", "svc/shop/storefront", "--to", "svc/kube-system/kube-dns"));
        for (String change : List.of("03", "06", "07", "08", "09", "10", "11", "13")) {
            cases.put("explain-after-" + change, with(change, explainAfter(change)));
        }
        cases.put("explain-unknown-name", explain("shop/chekout", "shop/orders", "80"));
        cases.put("explain-unknown-namespace", explain("shop/checkout", "dta/postgres", "5432"));
        cases.put("explain-wrong-namespace", explain("shop/checkout", "shop/postgres", "5432"));
        cases.put("explain-no-such-port", explain("shop/checkout", "svc/shop/orders", "8080"));
        cases.put("explain-no-port", List.of("explain", "--from", "checkout", "--to", "deploy/shop/orders"));
        for (String format : List.of("text", "json", "argocd", "flux")) {
            cases.put("plan-20-" + format, with("20b", with("20a", "plan", "--base", "deploy/demo", "-o", format)));
        }
        cases.put("plan-first-rollout", List.of("plan"));
        cases.put("plan-first-rollout-data-argocd", List.of("plan", "-n", "data", "-o", "argocd"));
        cases.put("plan-nothing", List.of("plan", "--base", "deploy/demo"));
        cases.put("plan-broken-in-the-end", with("18", "plan", "--base", "deploy/demo"));
        for (String format : List.of("text", "json", "argocd", "flux")) {
            cases.put("plan-swap-" + format, swap(format));
        }
        cases.put("plan-prune-text", prune("text"));
        cases.put("plan-prune-argocd", prune("argocd"));
        cases.put("plan-prune-flux", prune("flux"));
        cases.put("plan-flannel", List.of("plan", "--cni", "flannel", "-n", "data"));
        cases.put("plan-unknown-namespace", List.of("plan", "-n", "shpo"));
        cases.put("plan-stdin-twice", List.of("plan", "--manifests", "-", "--base", "-"));
        cases.put("connections-unknown-namespace", List.of("connections", "-n", "shpo"));
        cases.put("diff-unknown-namespace", List.of("diff", "--base", "deploy/demo", "-n", "shpo"));
        cases.put("suggest", List.of("suggest"));
        cases.put("suggest-unknown-namespace", List.of("suggest", "-n", "shpo"));
        return cases;
    }

    /** Two policies that admit each other's clients: neither can be the first. */
    private static List<String> swap(String format) {
        return List.of(
                "plan",
                "--base",
                "deploy/demo",
                "--base",
                PLANS + "/split",
                "--manifests",
                PLANS + "/swapped",
                "-o",
                format);
    }

    /** One policy for both clients in place of one for each. */
    private static List<String> prune(String format) {
        return List.of("plan", "--base", "deploy/demo", "--base", PLANS + "/handover", "-o", format);
    }

    private static List<String> explain(String from, String to, String port) {
        return List.of("explain", "--from", from, "--to", to, "--port", port);
    }

    private static List<String> explainAfter(String change) {
        return switch (change) {
            case "03" -> explain("orders", "kube-system/kube-dns", "53/UDP");
            case "08" -> explain("ingress-nginx-controller", "svc/shop/checkout", "80");
            case "09", "10", "13" -> explain(change.equals("10") ? "checkout" : "orders", "data/postgres", "5432");
            default -> explain("checkout", "shop/orders", "80");
        };
    }

    private static List<String> with(String change, List<String> arguments) {
        return with(arguments, "--manifests", Demo.numbered(change));
    }

    private static List<String> with(String change, String... arguments) {
        return with(change, List.of(arguments));
    }

    private static List<String> with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Arrays.stream(more)).toList();
    }

    static Stream<String> names() {
        return cases().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void asWritten(String name) throws IOException {
        List<String> arguments = cases().get(name);
        CommandRun run = Demo.run(
                arguments.get(0), arguments.subList(1, arguments.size()).toArray(String[]::new));
        String said = run.out() + run.err() + "exit code " + run.exitCode() + "\n";
        Golden.assertSame(GOLDEN.resolve(name + ".txt"), said);
    }

    @Test
    @DisplayName("no golden file is left over")
    void noneLeftOver() throws IOException {
        Golden.assertNoneLeftOver(GOLDEN, cases().keySet());
    }
}
