package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard. That the metrics exist which they name is held by the test that scrapes a running replica. */
@DisplayName("the monitoring overlay")
class MonitoringTest {
    private final Installation installation = Installation.of("monitoring");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("scrapes the port and path where the metrics are, of every replica")
    void scrape() {
        JsonNode monitor = installation.get("ServiceMonitor", "flowguard").get("spec");
        JsonNode service = installation.get("Service", "flowguard-metrics");
        monitor.at("/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(service.at("/metadata/labels").get(label.getKey()))
                        .isEqualTo(label.getValue()));
        assertThat(installation.get("Service", "flowguard").at("/metadata/labels"))
                .as("not twice, by the Service of the webhook")
                .isNotEqualTo(service.at("/metadata/labels"));
        assertThat(service.at("/spec/ports/0/name")).isEqualTo(monitor.at("/endpoints/0/port"));
        assertThat(installation.container().get("ports").findValuesAsText("name"))
                .contains(service.at("/spec/ports/0/targetPort").asText());
        assertThat(monitor.at("/endpoints/0/path").asText()).isEqualTo("/q/metrics");
        assertThat(monitor.at("/endpoints/0/honorLabels").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("says of each alert what it means and what to do")
    void alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        rules().get("groups").forEach(group -> group.get("rules").forEach(alerts::add));
        assertThat(alerts).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
        });
    }

    @Test
    @DisplayName("has a dashboard that Grafana can read, with no two panels in one place")
    void dashboard() throws IOException {
        JsonNode dashboard = dashboard(installation);
        Set<String> places = new TreeSet<>();
        dashboard
                .get("panels")
                .forEach(panel -> assertThat(places.add(panel.at("/gridPos/x") + "," + panel.at("/gridPos/y")))
                        .as(panel.get("title").asText())
                        .isTrue());
        assertThat(installation
                        .get("ConfigMap", "flowguard-dashboard")
                        .at("/metadata/labels/grafana_dashboard")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("has rules that promtool takes, and that fire when they should, where it is on the PATH")
    void promtool() throws Exception {
        boolean isThere = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        assumeTrue(isThere, "skipped: promtool is not on the PATH; it comes with Prometheus");
        Files.writeString(folder.resolve("rules.json"), rules().toString());
        Files.copy(Path.of("src/test/resources/monitoring/alerts.yaml"), folder.resolve("alerts.yaml"));

        run("promtool", "check", "rules", "rules.json");
        run("promtool", "test", "rules", "alerts.yaml");
    }

    private void run(String... command) throws Exception {
        Path said = folder.resolve("promtool.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    private ObjectNode rules() {
        return (ObjectNode) installation.get("PrometheusRule", "flowguard").get("spec");
    }

    private static JsonNode dashboard(Installation installation) throws IOException {
        return new ObjectMapper()
                .readTree(installation
                        .get("ConfigMap", "flowguard-dashboard")
                        .at("/data/flowguard.json")
                        .asText());
    }
}
