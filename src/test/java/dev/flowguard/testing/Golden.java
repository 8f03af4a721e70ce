package dev.flowguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/** Texts that are held word for word. To accept new ones, run with {@code -Dgolden=write} and read what git shows as changed. */
public final class Golden {
    private Golden() {}

    /** That the text is what the file holds. */
    public static void assertSame(Path file, String said) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, said);
        }
        assertThat(said).isEqualTo(Files.readString(file));
    }

    /** That the folder has a {@code .txt} file for each name, and no other file. */
    public static void assertNoneLeftOver(Path folder, Collection<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }
}
