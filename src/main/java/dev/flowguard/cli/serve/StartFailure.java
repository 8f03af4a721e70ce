package dev.flowguard.cli.serve;

import dev.flowguard.cli.input.OptionProblem;
import dev.flowguard.config.BadInput;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the server did not start, in words for whoever started it. What that person can mend is a sentence; only what looks like a
 * mistake of the program shows its stack trace.
 *
 * @param mistakes what to show the stack trace of; empty where the message says it all
 */
record StartFailure(String message, int exitCode, List<Throwable> mistakes) {
    private static final int FAILED = 1;
    private static final String PORTS = "\nStop the program that uses the port, or choose another: in front of -jar,"
            + " -Dquarkus.http.ssl-port=… (webhook) or -Dquarkus.management.port=… (health and metrics).";

    /** The outermost cause, whatever it is. */
    private static final String QUARKUS_FAILED = "Failed to start quarkus";

    /** How Quarkus begins where a certificate or key that is configured cannot be used. */
    private static final String UNUSABLE_KEY = "Invalid key/certificate";

    static StartFailure of(Throwable failure) {
        List<Throwable> causes =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        for (Throwable cause : causes) {
            if (cause instanceof BadInput input) {
                return badInput(input.getMessage());
            } else if (cause instanceof ConfigValidationException options) {
                return badInput("Flowguard cannot start with these options:\n  "
                        + String.join("\n  ", OptionProblem.sentences(options)));
            }
        }
        String story = "Flowguard cannot start: " + story(causes);
        if (has(causes, cause -> cause instanceof BindException)) {
            return new StartFailure(story + PORTS, FAILED, List.of());
        } else if (has(
                causes,
                cause -> cause instanceof ConfigurationException
                        || String.valueOf(cause.getMessage()).startsWith(UNUSABLE_KEY))) {
            return badInput(story);
        } else if (has(causes, cause -> cause instanceof IOException)) {
            return new StartFailure(story, FAILED, List.of());
        }
        return new StartFailure(story, FAILED, List.of(failure));
    }

    void print(PrintWriter out) {
        out.println(message);
        mistakes.forEach(mistake -> mistake.printStackTrace(out));
        out.flush();
    }

    private static StartFailure badInput(String message) {
        return new StartFailure(message, BadInput.EXIT_CODE, List.of());
    }

    private static boolean has(List<Throwable> causes, Predicate<Throwable> property) {
        return causes.stream().anyMatch(property);
    }

    /** What the causes say, outermost first, without those that only repeat the next. */
    private static String story(List<Throwable> causes) {
        return causes.stream()
                .filter(cause -> cause.getCause() == null || saysMoreThan(cause.getCause(), cause.getMessage()))
                .map(cause -> cause.getMessage() == null ? cause.toString() : cause.getMessage())
                .collect(Collectors.joining(": "));
    }

    private static boolean saysMoreThan(Throwable next, @Nullable String message) {
        return message != null && !message.equals(QUARKUS_FAILED) && !message.equals(next.toString());
    }
}
