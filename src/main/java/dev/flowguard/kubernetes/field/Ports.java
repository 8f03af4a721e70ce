package dev.flowguard.kubernetes.field;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads port numbers and protocols, which have the same bounds wherever they stand. */
public final class Ports {
    private static final List<String> PROTOCOLS = Arrays.stream(Protocol.values())
            .filter(Protocol::isInPolicies)
            .map(Protocol::name)
            .toList();

    private final Notes notes;

    public Ports(Notes notes) {
        this.notes = notes;
    }

    public Optional<Integer> number(@Nullable Integer number, FieldPath path) {
        if (number != null && PortRange.LOWEST <= number && number <= PortRange.HIGHEST) {
            return Optional.of(number);
        }
        notes.problem(
                path,
                (number == null ? "is missing" : number + " is not a port") + ": expected a number from 1 to 65535");
        return Optional.empty();
    }

    /** An absent protocol is TCP. */
    public Optional<Protocol> protocol(@Nullable String text, FieldPath path) {
        if (text == null) {
            return Optional.of(Protocol.TCP);
        }
        return notes.isRight(path, Choices.mistakeIn(text, PROTOCOLS))
                ? Optional.of(Protocol.valueOf(text))
                : Optional.empty();
    }
}
