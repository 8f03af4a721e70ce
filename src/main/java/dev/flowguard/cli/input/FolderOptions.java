package dev.flowguard.cli.input;

import dev.flowguard.config.BadInput;
import dev.flowguard.feed.Exclusions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how folders of manifests are read. */
final class FolderOptions {
    @Option(
            names = {"-R", "--recursive"},
            description = "Include the folders' subfolders.")
    private boolean recursive;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description =
                    "Leave out files and folders of this name, such as testdata, or at this path from the folder, such as"
                            + " 'test/*.yaml'; may be repeated.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--verbose",
            description = "List the files of folders that are passed over because they are no Kubernetes objects.")
    private boolean verbose;

    @Option(
            names = "--strict",
            description = "Refuse folders with such files, as becomes a pipeline in which every file is meant.")
    private boolean strict;

    /** @param always whether subfolders are included in any case */
    ManifestInput input(boolean always, PrintWriter err) {
        return new ManifestInput(recursive || always, strict, exclusions(), new PassedOverNotes(verbose, err), err);
    }

    private Exclusions exclusions() {
        try {
            return new Exclusions(exclude);
        } catch (IllegalArgumentException noPattern) {
            throw new BadInput(
                    "--exclude: not a pattern: "
                            + String.valueOf(noPattern.getMessage()).replaceAll("\\R.*", ""),
                    noPattern);
        }
    }
}
