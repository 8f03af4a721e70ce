package dev.flowguard.config;

import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** To accept a new text, run with {@code -Dgolden=write}. */
class OptionsPageTest {
    @Test
    @DisplayName("the page in src/docs/options.md says of each option what the code says")
    void page() throws IOException {
        Golden.assertSame(Path.of("src/docs/options.md"), OptionsPage.text());
    }
}
