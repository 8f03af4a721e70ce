package dev.flowguard.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads manifests as kubectl does: YAML and JSON, several objects in a file, lists of objects. A mistake anywhere becomes a problem
 * with its place, and all are found in one go; mistakes within contracts and annotations are no problems, they stay with the
 * contract.
 */
public final class Manifests {
    private static final String STANDARD_INPUT = "standard input";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ManifestText texts = new ManifestText();

    private Manifests() {}

    /**
     * Reads a folder, or a single file whatever its name. A path that is not there, or holds no object, is a problem.
     *
     * @param recursive whether subfolders are read as well
     */
    public static LoadedManifests read(Path path, boolean recursive) {
        Manifests manifests = new Manifests();
        if (Files.isDirectory(path)) {
            manifests.folder(path, recursive);
        } else {
            manifests.file(path, path.toString());
        }
        return manifests.loaded(path.toString());
    }

    /** Reads all of the stream and leaves it open. */
    public static LoadedManifests read(InputStream input) throws IOException {
        Manifests manifests = new Manifests();
        manifests.bytes(input.readAllBytes(), STANDARD_INPUT);
        return manifests.loaded(STANDARD_INPUT);
    }

    private LoadedManifests loaded(String origin) {
        if (texts.isEmpty()) {
            problem(origin, "holds no Kubernetes object");
        }
        return texts.loaded();
    }

    private void folder(Path folder, boolean recursive) {
        ManifestFolder listing = new ManifestFolder(folder, recursive);
        try {
            List<Path> files = listing.files();
            for (Path file : files) {
                String name = folder.relativize(file).toString();
                if (ManifestFolder.isKustomization(file)) {
                    problem(
                            name,
                            "is a kustomization, of which the files here are only parts: run kubectl kustomize "
                                    + folder + " and read what it prints");
                } else {
                    file(file, name);
                }
            }
            if (files.isEmpty()) {
                problem(folder.toString(), listing.emptiness());
            }
        } catch (IOException e) {
            problem(folder.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private void file(Path file, String name) {
        try {
            bytes(Files.readAllBytes(file), name);
        } catch (NoSuchFileException e) {
            problem(name, "does not exist");
        } catch (IOException e) {
            problem(name, "cannot be read: " + e.getMessage());
        }
    }

    private void bytes(byte[] bytes, String name) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            texts.read(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problem(name, "is not UTF-8 text (Windows PowerShell writes UTF-16): save it as UTF-8");
        }
    }

    private void problem(String file, String message) {
        texts.problem(ManifestProblem.of(Position.of(file), message));
    }
}
