package dev.flowguard.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what manifests there are, up to what this program has room for. A checkout is not trusted to be of a reasonable size, nor to hold
 * files only: a link may lead to a device that never ends.
 */
final class ManifestBytes {
    /** Objects take so many times the bytes that they are read from: some 30, by estimate, for lists of pods in YAML. */
    private static final int WEIGHT = 32;

    private static final long MEBIBYTE = 1024 * 1024;

    /** An array in Java is no longer, whatever the heap. */
    private static final long MOST = Integer.MAX_VALUE - 8L;

    private final long room;
    private long read;

    ManifestBytes(long room) {
        this.room = Math.min(room, MOST);
    }

    /** For one reading of a folder, file or stream. */
    static ManifestBytes ofHeap() {
        return new ManifestBytes(Runtime.getRuntime().maxMemory() / WEIGHT);
    }

    /**
     * The whole of a file. Named by a person, a pipe will do ({@code <(kubectl get …)}); in a folder only a file is one.
     *
     * @throws IOException with a sentence about the file
     */
    byte[] file(Path file, boolean inFolder) throws IOException {
        if (inFolder && !Files.isRegularFile(file) && Files.exists(file)) {
            throw new IOException("it is no regular file but a device, a pipe or a socket (or a link to one)");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return stream(stream);
        }
    }

    /** All that is left in the stream. */
    byte[] stream(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes((int) Math.min(room - read + 1, MOST));
        if (read + bytes.length > room) {
            throw new IOException("with it there are more than " + Math.max(1, room / MEBIBYTE)
                    + " MiB of manifests, too many for this program's memory: leave out what is not needed, or give it"
                    + " more (java -Xmx…)");
        }
        read += bytes.length;
        return bytes;
    }
}
