package dev.flowguard.demo;

import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The demo shop, and {@code flowguard check} on it. */
final class Demo {
    static final Path FOLDER = Path.of("deploy/demo");
    static final Path CHANGES = FOLDER.resolve("changes");

    private Demo() {}

    /** Runs {@code flowguard check --manifests deploy/demo} with these arguments in this process. */
    static CommandRun check(String... arguments) {
        return run("check", arguments);
    }

    /** Runs a command with {@code --manifests deploy/demo} and these arguments in this process. */
    static CommandRun run(String command, String... arguments) {
        return CommandRun.of(Stream.concat(Stream.of(command, "--manifests", FOLDER.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** The names of the change files without their ending, in order. */
    static List<String> changes() {
        try (Stream<Path> files = Files.list(CHANGES)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String change(String name) {
        return CHANGES.resolve(name + ".yaml").toString();
    }

    /** The change whose name begins so: {@code 23a}. */
    static String numbered(String number) {
        return changes().stream()
                .filter(name -> name.startsWith(number + "-"))
                .findFirst()
                .map(Demo::change)
                .orElseThrow(() -> new AssertionError("No change begins with " + number));
    }
}
