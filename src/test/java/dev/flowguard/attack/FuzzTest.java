package dev.flowguard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.Door;
import dev.flowguard.feed.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A short run by default; {@code mvn verify -Pfuzz} makes a long one, of {@code -Dfuzz.count=250000} bodies for each of the four doors, from
 * {@code -Dfuzz.seed=7} on, and writes {@code target/fuzz.txt}. A failure tells its seed.
 */
@DisplayName("Fuzzed,")
class FuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.count", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_101L);
    private static final Path REPORT = Path.of("target/fuzz.txt");

    /** After so many bodies the cluster is the demo again: what was admitted before has made it large and odd. */
    private static final int FRESH_EVERY = 500;

    private static final FuzzedBodies BODIES = new FuzzedBodies();

    private interface Asked {
        /** What went wrong. */
        Optional<String> ask(byte[] body);
    }

    @DisplayName("reviews of policies are answered, or refused in a sentence")
    @Test
    void policies() throws IOException {
        fuzz("/validate", () -> Door.policies()::ask);
    }

    @DisplayName("reviews of declarations are answered, or refused in a sentence")
    @Test
    void declarations() throws IOException {
        fuzz("/validate-contracts", () -> Door.declarations()::ask);
    }

    @DisplayName("reviews of other changes are answered, or refused in a sentence")
    @Test
    void changes() throws IOException {
        fuzz("/validate-changes", () -> Door.changes()::ask);
    }

    @DisplayName("manifests are read, or refused in sentences")
    @Test
    void manifests() throws IOException {
        fuzz("manifests", () -> FuzzTest::read);
    }

    private static Optional<String> read(byte[] body) {
        try {
            Manifests.read(body, "fuzzed")
                    .problems()
                    .forEach(problem -> assertThat(problem.toString()).isNotBlank());
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(e + " at " + e.getStackTrace()[0]);
        }
    }

    private static void fuzz(String door, Supplier<Asked> doors) throws IOException {
        long start = System.nanoTime();
        Asked asked = doors.get();
        for (int i = 0; i < COUNT; i++) {
            if (i % FRESH_EVERY == 0) {
                asked = doors.get();
            }
            byte[] body = BODIES.of(SEED + i);
            Optional<String> wrong = asked.ask(body);
            if (wrong.isPresent()) {
                assertThat(wrong)
                        .as("seed %d: %s", SEED + i, new String(body, StandardCharsets.UTF_8))
                        .isEmpty();
            }
        }
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(
                REPORT,
                "%s: %d bodies from seed %d on, made of %d right ones; none led to an error; %d s%n"
                        .formatted(door, COUNT, SEED, BODIES.seeds(), (System.nanoTime() - start) / 1_000_000_000),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
