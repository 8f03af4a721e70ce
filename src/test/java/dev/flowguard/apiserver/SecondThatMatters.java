package dev.flowguard.apiserver;

import static dev.flowguard.apiserver.InstalledFlowguard.policies;
import static dev.flowguard.apiserver.InstalledFlowguard.policy;
import static dev.flowguard.apiserver.InstalledFlowguard.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.deploy.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes that follow each other faster than a watch tells, of which the later one is right or wrong because of the earlier one. Two
 * replicas are behind the Service. {@code -Dapiserver.times=50} for more of each, {@code -Dapiserver.kubectl} to have kubectl make them
 * as well, {@code -Dapiserver.steps=5000} for a longer walk.
 */
@Tag("apiserver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SecondThatMatters {
    private static final int TIMES = Integer.getInteger("apiserver.times", 10);
    private static final int STEPS = Integer.getInteger("apiserver.steps", 500);
    private static final String ALLOW_CHECKOUT = """
        spec:
          podSelector: {matchLabels: {app: orders}}
          ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}]}]
        """;
    private static final String DENY = "spec: {podSelector: {}, policyTypes: [Ingress]}";

    private final int apiServers;
    private InstalledFlowguard flowguard;

    SecondThatMatters(int apiServers) {
        this.apiServers = apiServers;
    }

    @BeforeAll
    void install(@TempDir Path temporary) throws Exception {
        flowguard = InstalledFlowguard.in(temporary, apiServers, 2);
    }

    @AfterAll
    void stop() throws Exception {
        if (flowguard != null) {
            flowguard.close();
        }
    }

    InstalledFlowguard flowguard() {
        return flowguard;
    }

    /**
     * How the changes come.
     *
     * @param workers how many pairs of them at the same time, each in a namespace of its own
     */
    record Way(String tool, int workers) {
        /** What works at the API server of that number. */
        Tool at(InstalledFlowguard flowguard, int which) throws Exception {
            return switch (tool) {
                case "client side" -> Tool.clientSide(flowguard.admin(which));
                case "server side" -> Tool.serverSide(flowguard.admin(which));
                case "kubectl apply" -> Tool.kubectl(flowguard.plane().kubeconfig(which));
                default -> Tool.kubectl(flowguard.plane().kubeconfig(which), "--server-side");
            };
        }

        @Override
        public String toString() {
            return tool + (workers == 1 ? "" : ", " + workers + " at once");
        }
    }

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>(List.of(
                new Way("client side", 1),
                new Way("server side", 1),
                new Way("client side", 4),
                new Way("server side", 4)));
        if (Boolean.getBoolean("apiserver.kubectl")) {
            ways.add(new Way("kubectl apply", 1));
            ways.add(new Way("kubectl apply --server-side", 1));
        }
        return ways;
    }

    /** Whether all goes wrong that can, in a namespace of its own. */
    interface Trial {
        boolean isWrong(Tool tool, String namespace) throws Exception;
    }

    void manyTimes(String what, Way way, Trial trial) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(way.workers());
        try {
            List<Future<Boolean>> wrong = new ArrayList<>();
            for (int each = 0; each < TIMES; each++) {
                int number = each;
                String namespace = (what + "-" + way + "-" + number)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-");
                Tool tool = way.at(flowguard, number);
                wrong.add(workers.submit(() -> {
                    flowguard.shop(namespace);
                    return trial.isWrong(tool, namespace);
                }));
            }
            int count = 0;
            for (Future<Boolean> each : wrong) {
                count += each.get() ? 1 : 0;
            }
            System.out.println(
                    apiServers + " API server(s), " + what + ", " + way + ": " + count + " of " + TIMES + " wrong");
            assertThat(count).as("wrong answers of " + TIMES).isZero();
        } finally {
            workers.shutdownNow();
        }
    }

    @DisplayName("a Namespace's label and a policy that needs it, in one folder: never refused")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void labelAndPolicy(Way way) throws Exception {
        manyTimes(
                "label",
                way,
                (tool, namespace) ->
                        !tool.apply(List.of(namespace(namespace, "tier: shop"), policy(namespace, "deny", """
                            spec:
                              podSelector: {}
                              policyTypes: [Ingress]
                              ingress: [{from: [{namespaceSelector: {matchLabels: {tier: shop}}}]}]
                            """))));
    }

    @DisplayName("a Namespace labelled flowguard.dev/mode: Warn and a deny, in one folder: never refused")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void modeAndDeny(Way way) throws Exception {
        manyTimes(
                "mode",
                way,
                (tool, namespace) -> !tool.apply(
                        List.of(namespace(namespace, "flowguard.dev/mode: Warn"), policy(namespace, "deny", DENY))));
    }

    @DisplayName("an allow and a deny, in one folder: never refused")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void allowAndDeny(Way way) throws Exception {
        manyTimes(
                "allow",
                way,
                (tool, namespace) -> !tool.apply(
                        List.of(policy(namespace, "allow", ALLOW_CHECKOUT), policy(namespace, "deny", DENY))));
    }

    @DisplayName("a contract's deletion and the change that it forbade, back to back: never refused")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void contractGone(Way way) throws Exception {
        manyTimes("gone", way, (tool, namespace) -> {
            flowguard.admin().delete("/apis/flowguard.dev/v1alpha1/namespaces/" + namespace + "/flowcontracts/orders");
            return !tool.apply(List.of(policy(namespace, "deny", DENY)));
        });
    }

    @DisplayName("the last two allows of a flow deleted in one command: the second never goes")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void lastTwoAllows(Way way) throws Exception {
        manyTimes("allows", way, (tool, namespace) -> {
            allowTwice(namespace);
            return tool.deletePolicies(namespace, "allow-1", "allow-2");
        });
    }

    @DisplayName("a contract and the deny that breaks it, in one folder: the deny never passes")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void contractAndDeny(Way way) throws Exception {
        manyTimes(
                "contract",
                way,
                (tool, namespace) -> tool.apply(List.of(
                        Yaml.document("""
                            apiVersion: flowguard.dev/v1alpha1
                            kind: FlowContract
                            metadata: {name: back, namespace: %s}
                            spec:
                              flows:
                              - name: orders-call-checkout
                                from: {podSelector: {matchLabels: {app: orders}}}
                                to: {podSelector: {matchLabels: {app: checkout}}}
                                ports: [{port: 8080}]
                            """.formatted(namespace)),
                        policy(
                                namespace,
                                "deny",
                                "spec: {podSelector: {matchLabels: {app: checkout}}, policyTypes: [Ingress]}"))));
    }

    @DisplayName("the last two allows of a flow deleted at the same time at one API server: one of them stays")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void lastTwoAllowsAtOnce(Way way) throws Exception {
        manyTimes("at-once", way, (tool, namespace) -> {
            allowTwice(namespace);
            return bothDeleted(tool, tool, namespace);
        });
    }

    /** Deletes both allows at the same time. */
    static boolean bothDeleted(Tool one, Tool other, String namespace) throws Exception {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> first = beside.submit(() -> one.deletePolicies(namespace, "allow-1"));
            boolean second = other.deletePolicies(namespace, "allow-2");
            return first.get() && second;
        } finally {
            beside.shutdownNow();
        }
    }

    /** Isolates orders, and lets checkout in twice; all replicas have seen it. */
    void allowTwice(String namespace) throws Exception {
        for (String name : List.of("allow-1", "allow-2")) {
            flowguard.apply(policy(namespace, name, ALLOW_CHECKOUT).toString());
        }
        flowguard.apply(policy(namespace, "deny", DENY).toString());
        for (int each = 0; each < apiServers; each++) {
            ApiClient client = flowguard.admin(each);
            for (String name : List.of("allow-1", "allow-2")) {
                soon(() -> assertThat(client.delete(policies(namespace) + "/" + name + "?dryRun=All")
                                .code())
                        .isEqualTo(200));
            }
        }
    }

    @Test
    @DisplayName(
            "a long walk of random changes, back to back: what is right is not refused, and what is wrong hardly ever"
                    + " passes")
    void walk() throws Exception {
        flowguard.shop("walk");
        RandomWalk walk = new RandomWalk("walk", 20261129);
        List<ApiClient> clients = new ArrayList<>();
        for (int each = 0; each < apiServers; each++) {
            clients.add(flowguard.admin(each));
        }
        for (int step = 0; step < STEPS; step++) {
            // Somebody works at one API server for a while, and somebody else goes on at another.
            walk.step(clients.get(step / 10 % clients.size()));
        }
        System.out.println(apiServers + " API server(s), " + STEPS + " steps: " + walk);
        assertThat(walk.refusedWrongly()).as(walk.toString()).isEmpty();
        assertThat(walk.admittedWrongly()).as(walk.toString()).hasSizeLessThanOrEqualTo(1);
    }

    private static JsonNode namespace(String name, String label) {
        return Yaml.document(
                "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s}}}".formatted(name, label));
    }
}
