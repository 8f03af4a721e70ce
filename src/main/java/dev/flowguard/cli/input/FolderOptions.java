package dev.flowguard.cli.input;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options that say how folders of manifests are read. */
final class FolderOptions {
    @Option(
            names = {"-R", "--recursive"},
            description = "Include the folders' subfolders.")
    private boolean recursive;

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
        return new ManifestInput(recursive || always, strict, new PassedOverNotes(verbose, err), err);
    }
}
