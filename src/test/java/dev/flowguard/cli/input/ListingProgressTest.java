package dev.flowguard.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Progress of a listing")
class ListingProgressTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    @Test
    @DisplayName("is one line that changes, begins after a second and is gone in the end")
    void onATerminal() {
        ListingProgress progress = new ListingProgress(new PrintWriter(written), true, clock::get);

        progress.listing("namespaces", 3);
        assertThat(written.toString()).isEmpty();
        clock.set(1_500_000_000);
        progress.listing("pods", 0);
        progress.listing("pods", 1500);
        progress.done();

        assertThat(written.toString()).isEqualTo("\rlisting pods\033[2K\rlisting pods: 1500\033[2K\r");
    }

    @Test
    @DisplayName("is kept to oneself where nobody watches")
    void elsewhere() {
        ListingProgress progress = new ListingProgress(new PrintWriter(written), false, clock::get);

        clock.set(9_000_000_000L);
        progress.listing("pods", 1500);
        progress.done();

        assertThat(written.toString()).isEmpty();
    }
}
