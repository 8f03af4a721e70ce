package dev.flowguard.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** A {@code .tar.gz} with one folder. The same files make the same bytes. */
final class ProgramArchive {
    private static final int PROGRAM = 0755;
    private static final int FILE = 0644;

    private record Content(Path file, int mode) {}

    private final String folder;
    private final Instant time;
    private final SortedMap<String, Content> contents = new TreeMap<>();

    /** @param time of all that is in it */
    ProgramArchive(String folder, Instant time) {
        this.folder = folder;
        this.time = time;
    }

    void add(String name, Path file) {
        contents.put(name, new Content(file, FILE));
    }

    void addProgram(String name, Path file) {
        contents.put(name, new Content(file, PROGRAM));
    }

    /** @param wanted by the paths of the files from the folder */
    void addFolder(String name, Path from, Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new))) {
                String path = from.relativize(file).toString().replace('\\', '/');
                if (wanted.test(path)) {
                    add(name + "/" + path, file);
                }
            }
        }
    }

    void write(Path archive) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                GzipCompressorOutputStream zipped = new GzipCompressorOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var content : contents.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(folder + "/" + content.getKey());
                entry.setSize(Files.size(content.getValue().file()));
                entry.setMode(content.getValue().mode());
                entry.setModTime(Date.from(time));
                tar.putArchiveEntry(entry);
                Files.copy(content.getValue().file(), tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
