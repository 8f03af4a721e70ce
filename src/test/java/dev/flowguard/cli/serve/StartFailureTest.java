package dev.flowguard.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.config.BadInput;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void badInputIsShownAsItStands() {
        StartFailure failure = quarkusFailedBy(new IllegalStateException(
                "observer",
                BadInput.list("2 problems in deploy/demo:", List.of("a.yaml: no kind", "b.yaml: not YAML"))));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(printed(failure)).isEqualTo("2 problems in deploy/demo:\n  a.yaml: no kind\n  b.yaml: not YAML\n");
    }

    @Test
    void badOptionsAreListed() {
        StartFailure failure = quarkusFailedBy(new ConfigValidationException(new ConfigValidationException.Problem[] {
            new ConfigValidationException.Problem("SRCFG00050: flowguard.a in x does not map to any root"),
            new ConfigValidationException.Problem("SRCFG00050: flowguard.b in x does not map to any root")
        }));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(printed(failure))
                .isEqualTo("Flowguard cannot start with these options:\n"
                        + "  flowguard.a: there is no such option\n"
                        + "  flowguard.b: there is no such option\n");
    }

    @Test
    void aPortInUseIsNamedTogetherWithTheWayOut() {
        StartFailure failure = quarkusFailedBy(new RuntimeException(
                "Unable to start HTTP server",
                new ExecutionException(
                        new QuarkusBindException("localhost", 8443, new BindException("Address already in use")))));

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(printed(failure))
                .contains("8443")
                .contains("Address already in use")
                .contains("-Dquarkus.http.ssl-port=")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void aCertificateThatCannotBeReadIsBadInput() {
        StartFailure failure = quarkusFailedBy(new IllegalStateException(
                "Invalid key/certificate pair configuration for certificate 'webhook' - cannot read the"
                        + " key/certificate files",
                new UncheckedIOException("Unable to read file tls.crt", new NoSuchFileException("tls.crt"))));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(printed(failure))
                .contains("'webhook'")
                .contains("Unable to read file tls.crt")
                .doesNotContain("\tat ");
    }

    @Test
    void whatLooksLikeAMistakeOfTheProgramShowsWhereItHappened() {
        StartFailure failure = quarkusFailedBy(new IllegalStateException("index out of step"));

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(printed(failure))
                .startsWith("Flowguard cannot start: index out of step\n")
                .contains("\tat ");
    }

    private static StartFailure quarkusFailedBy(Throwable cause) {
        return StartFailure.of(new RuntimeException("Failed to start quarkus", cause));
    }

    private static String printed(StartFailure failure) {
        StringWriter text = new StringWriter();
        failure.print(new PrintWriter(text));
        return text.toString();
    }
}
