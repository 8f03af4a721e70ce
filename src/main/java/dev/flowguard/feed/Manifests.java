package dev.flowguard.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests as kubectl does: YAML and JSON, several objects in a file, lists of objects. A mistake anywhere becomes a problem
 * with its place, and all are found in one go; mistakes within contracts and annotations are no problems, they stay with the
 * contract.
 */
public final class Manifests {
    private static final String STANDARD_INPUT = "standard input";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ManifestText texts = new ManifestText();
    private final ManifestBytes content = ManifestBytes.ofHeap();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private int files;
    private Rewriting rewriting = Rewriting.NONE;
    private String unread = "";

    private Manifests() {}

    /**
     * Reads a folder, or a single file whatever its name. A path that is not there, or holds no object, is a problem. Of a folder,
     * files that are no Kubernetes objects are passed over: charts and their templates, kustomizations and their parts, whatever
     * else ends in .yaml or .json. A single file is meant, and has to be a manifest.
     *
     * @param recursive whether subfolders are read as well
     */
    public static LoadedManifests read(Path path, boolean recursive) {
        return read(path, recursive, Exclusions.none());
    }

    /** As {@link #read(Path, boolean)}, less what is excluded of a folder. */
    public static LoadedManifests read(Path path, boolean recursive, Exclusions excluded) {
        Manifests manifests = new Manifests();
        if (Files.isDirectory(path)) {
            manifests.folder(new ManifestFolder(path, recursive, excluded), path);
        } else {
            manifests.file(path, path.toString(), manifests.texts);
        }
        return manifests.loaded(path.toString());
    }

    /** Reads all of the stream and leaves it open. */
    public static LoadedManifests read(InputStream input) throws IOException {
        return read(ManifestBytes.ofHeap().stream(input), STANDARD_INPUT);
    }

    /**
     * All that is in the stream.
     *
     * @throws IOException with a sentence, where that is more than there is room for
     */
    public static byte[] bytes(InputStream input) throws IOException {
        return ManifestBytes.ofHeap().stream(input);
    }

    /**
     * Reads a text that is in no file.
     *
     * @param name by which objects and problems are placed
     */
    public static LoadedManifests read(byte[] text, String name) {
        Manifests manifests = new Manifests();
        manifests.bytes(text, name, manifests.texts);
        return manifests.loaded(name);
    }

    private LoadedManifests loaded(String origin) {
        if (texts.isEmpty()) {
            problem(origin, "holds no Kubernetes object" + PassedOver.instead(passedOver) + unread);
        }
        return texts.loaded(files, passedOver, rewriting);
    }

    private void folder(ManifestFolder listing, Path folder) {
        try {
            List<Path> found = listing.files();
            KustomizationParts parts = new KustomizationParts(
                    found.stream().filter(ManifestFolder::isKustomization).toList());
            for (Path file : found) {
                String name = folder.relativize(file).toString();
                Optional<PassedOver> unfit = byPlace(file, name, parts);
                if (unfit.isPresent()) {
                    passedOver.add(unfit.get());
                } else {
                    parts.written(file, fileOfFolder(file, name));
                }
            }
            rewriting = parts.rewriting();
            if (found.isEmpty()) {
                problem(folder.toString(), listing.emptiness());
            } else {
                unread = listing.unread();
            }
        } catch (IOException e) {
            problem(folder.toString(), "cannot be read: " + e.getMessage());
        }
    }

    /** What tells by where it is, whatever it holds, that it is no manifest. */
    private static Optional<PassedOver> byPlace(Path file, String name, KustomizationParts parts) {
        if (ManifestFolder.isKustomization(file)) {
            @Nullable Path folder = file.getParent();
            return Optional.of(new PassedOver(
                    name,
                    PassedOver.Reason.KUSTOMIZATION,
                    "is a kustomization: -k " + folder + " reads what it renders to"));
        } else if (parts.include(file)) {
            return Optional.of(new PassedOver(
                    name,
                    PassedOver.Reason.PART_OF_KUSTOMIZATION,
                    "is used by a kustomization, and no object by itself"));
        }
        return ManifestFolder.chartOf(file)
                .map(chart -> new PassedOver(
                        name,
                        PassedOver.Reason.TEMPLATE,
                        "is a template of a Helm chart: read what `helm template " + chart + "` prints"));
    }

    /** Returns the namespaces in which its objects are. */
    private Set<String> fileOfFolder(Path file, String name) {
        ManifestText text = new ManifestText();
        file(file, name, text);
        Optional<PassedOver> unfit = text.passedOver(name).or(() -> yetToBeNamed(file, name, text));
        if (unfit.isPresent()) {
            passedOver.add(unfit.get());
            files--;
            return Set.of();
        }
        texts.add(text);
        return text.namespaces();
    }

    /** A kustomization names what its files do not. */
    private static Optional<PassedOver> yetToBeNamed(Path file, String name, ManifestText text) {
        return text.lacksOnlyNames() && ManifestFolder.hasKustomization(file)
                ? Optional.of(new PassedOver(
                        name,
                        PassedOver.Reason.PART_OF_KUSTOMIZATION,
                        "has no name by itself: the kustomization beside it gives it one"))
                : Optional.empty();
    }

    private void file(Path file, String name, ManifestText into) {
        try {
            bytes(content.file(file, into != texts), name, into);
        } catch (NoSuchFileException e) {
            problem(name, "does not exist");
        } catch (IOException e) {
            problem(name, "cannot be read: " + e.getMessage());
        }
    }

    private void bytes(byte[] bytes, String name, ManifestText into) {
        files++;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            into.read(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            into.otherEncoding(name, bytes);
        }
    }

    private void problem(String file, String message) {
        texts.problem(ManifestProblem.of(Position.of(file), message));
    }
}
