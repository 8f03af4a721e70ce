package dev.flowguard.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the demo shop's folder, with changes. */
final class DemoCopy {
    private DemoCopy() {}

    /** The shop in that folder, with the changes of those numbers beside it: what is read later counts. */
    static Path in(Path folder, List<String> changes) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(Demo.FOLDER)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                copy(file, folder.resolve(file.getFileName()));
            }
        }
        for (String number : changes) {
            copy(Path.of(Demo.numbered(number)), folder.resolve("zz-" + number + ".yaml"));
        }
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
