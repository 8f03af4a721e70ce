package dev.flowguard.cli.serve;

import dev.flowguard.cli.Version;
import dev.flowguard.health.Conditions;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the log says when the server has started: where it answers, what it knows, and what to try. */
@Singleton
class StartMessage {
    /** The smallest review that is answered: a change to nothing that anybody cares about. */
    private static final String EXAMPLE =
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"hello\"}}";

    private final HttpServer http;
    private final Conditions conditions;
    private final int managementPort;

    StartMessage(
            HttpServer http,
            Conditions conditions,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        this.http = http;
        this.conditions = conditions;
        this.managementPort = managementPort;
    }

    /** @param page where the page is, if there is one */
    String text(Optional<String> page) {
        return text(
                http.getSecurePort(),
                // Quarkus tells only a port that it chose itself.
                http.getManagementPort() > 0 ? http.getManagementPort() : managementPort,
                ManagementFactory.getRuntimeMXBean().getUptime(),
                conditions.ask(),
                page);
    }

    static String text(
            int port, int managementPort, long uptimeMillis, List<Conditions.Answer> answers, Optional<String> page) {
        String validate = "https://localhost:" + port + "/validate";
        StringBuilder text = new StringBuilder();
        text.append("Flowguard ").append(Version.text()).append(" answers at ").append(validate);
        text.append(String.format(Locale.ROOT, " (started in %.1f s)", uptimeMillis / 1000.0));
        for (Conditions.Answer answer : answers) {
            line(
                    text,
                    answer.name(),
                    (answer.state().holds() ? "" : "NOT READY: ")
                            + answer.state().detail());
        }
        page.ifPresent(address -> line(text, "page", address));
        line(text, "health", "http://localhost:" + managementPort + "/q/health");
        line(text, "metrics", "http://localhost:" + managementPort + "/q/metrics");
        line(text, "try", "curl -k " + validate + " -H 'Content-Type: application/json' -d '" + EXAMPLE + "'");
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(String.format(Locale.ROOT, "%n  %-12s %s", label, content));
    }
}
