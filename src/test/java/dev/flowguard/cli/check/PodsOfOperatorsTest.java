package dev.flowguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row of the table of operators' pods, and what looks like it. */
class PodsOfOperatorsTest {
    private static final Pattern SELECTS_NOTHING = Pattern.compile("selects-nothing: NetworkPolicy data/([a-z0-9-]+):");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @DisplayName("A custom resource stands for pods with the labels of its row, and for no pods with others")
    void lookAlikes() throws IOException {
        Files.writeString(folder.resolve("resources.yaml"), OfOperators.resources());
        StringBuilder policies = new StringBuilder();
        for (String kind : OfOperators.kinds()) {
            policies.append(policy(OfOperators.flow(kind), OfOperators.labels(kind)));
            policies.append(policy(
                    OfOperators.flow(kind) + "-not",
                    OfOperators.labels(kind).replaceFirst("}$", ", example.com/never: given}")));
        }
        Files.writeString(folder.resolve("policies.yaml"), policies);

        String out = CommandRun.of("check", "--manifests", folder.toString()).out();

        List<String> dead = SELECTS_NOTHING
                .matcher(out)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(dead)
                .containsExactlyInAnyOrderElementsOf(OfOperators.kinds().stream()
                        .map(kind -> OfOperators.flow(kind) + "-not")
                        .toList());
    }

    private static String policy(String name, String labels) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: data}
                spec: {podSelector: {matchLabels: %s}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}
                ---
                """.formatted(name, labels);
    }
}
