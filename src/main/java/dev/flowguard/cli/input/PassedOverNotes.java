package dev.flowguard.cli.input;

import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.PassedOver;
import dev.flowguard.wording.Names;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Tells which files of a folder were passed over, and which objects count no longer: in a few lines, unless more is wanted. */
final class PassedOverNotes {
    private static final int MOST_REPLACED = 3;

    private final boolean verbose;
    private final PrintWriter err;

    PassedOverNotes(boolean verbose, PrintWriter err) {
        this.verbose = verbose;
        this.err = err;
    }

    /** @param folder as it was named */
    void tell(String folder, LoadedManifests manifests) {
        List<PassedOver> files = manifests.passedOver();
        if (files.isEmpty()) {
            return;
        }
        err.println("note: " + folder + ": passed over " + PassedOver.counted(files)
                + (verbose ? ":" : " (--verbose lists them, --strict refuses them)"));
        if (verbose) {
            files.forEach(file -> err.println("  " + file));
        }
        kustomizations(folder, files);
    }

    /** A repository with examples and test data has the same name in many of its files: a few show what the rest are. */
    void replaced(List<ManifestProblem> notes) {
        int told = verbose || notes.size() <= MOST_REPLACED + 1 ? notes.size() : MOST_REPLACED;
        notes.subList(0, told).forEach(note -> err.println("note: " + note));
        if (told < notes.size()) {
            err.println("note: and " + (notes.size() - told)
                    + " more objects replace one of the same name (--verbose lists them); if these are several"
                    + " clusters, name the folder of one with -f");
        }
    }

    private void kustomizations(String folder, List<PassedOver> files) {
        List<String> folders = files.stream()
                .filter(file -> file.reason() == PassedOver.Reason.KUSTOMIZATION)
                .map(file ->
                        Path.of(folder).resolve(file.file()).resolveSibling("").toString())
                .toList();
        if (folders.size() == 1) {
            err.println(
                    "note: " + folders.get(0) + " is a kustomization, of which the files were read as they stand; -k "
                            + folders.get(0) + " reads what it renders to");
        } else if (!folders.isEmpty()) {
            err.println("note: " + Names.some(folders)
                    + " are kustomizations, of which the files were read as they stand; -k DIR reads what one of them"
                    + " renders to");
        }
    }
}
