package dev.flowguard.cli.input;

import dev.flowguard.feed.live.ClusterListing;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Says on a terminal how far a listing is when it takes long, in one line that is gone in the end. */
final class ListingProgress implements ClusterListing.Progress {
    /** Nobody wonders before that. */
    private static final long LONG = 1_000_000_000L;

    private static final String START_OF_LINE = "\r";
    private static final String ERASE_LINE = "\033[2K\r";

    private final PrintWriter err;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private final long start;
    private boolean written;

    /** @param nanos a clock */
    ListingProgress(PrintWriter err, boolean isTerminal, LongSupplier nanos) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    static ListingProgress to(PrintWriter err) {
        return new ListingProgress(err, Terminal.isThere(), System::nanoTime);
    }

    @Override
    public void listing(String kind, int soFar) {
        if (isTerminal && nanos.getAsLong() - start >= LONG) {
            err.print((written ? ERASE_LINE : START_OF_LINE) + "listing " + kind + (soFar == 0 ? "" : ": " + soFar));
            err.flush();
            written = true;
        }
    }

    /** Erases the line. */
    void done() {
        if (written) {
            err.print(ERASE_LINE);
            err.flush();
            written = false;
        }
    }
}
