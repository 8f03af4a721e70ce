package dev.flowguard.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of a folder that is none of the manifests there, although its name ends like theirs.
 *
 * @param file relative to the folder that was read
 * @param detail what was seen in it, for a sentence that begins with the file's name
 */
public record PassedOver(String file, Reason reason, String detail) {
    /** What such a file is. */
    public enum Reason {
        TEMPLATE("template", "templates"),
        KUSTOMIZATION("kustomization", "kustomizations"),
        PART_OF_KUSTOMIZATION("patch or other part of a kustomization", "patches and other parts of kustomizations"),
        NO_OBJECT("file without a Kubernetes object", "files without a Kubernetes object"),
        NOT_YAML("file that is neither YAML nor JSON", "files that are neither YAML nor JSON");

        private final String one;
        private final String several;

        Reason(String one, String several) {
            this.one = one;
            this.several = several;
        }

        /** {@code 3 templates}. */
        public String counted(long files) {
            return files + " " + (files == 1 ? one : several);
        }
    }

    /** How many there are of each kind: {@code 3 templates, 1 kustomization}. */
    public static String counted(List<PassedOver> files) {
        return Stream.of(Reason.values())
                .map(reason -> Map.entry(
                        reason,
                        files.stream().filter(file -> file.reason() == reason).count()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getKey().counted(count.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What a folder holds in place of objects and what to do about it, for the end of a sentence; empty where it holds nothing. */
    static String instead(List<PassedOver> files) {
        if (files.isEmpty()) {
            return "";
        }
        Optional<PassedOver> kustomization = files.stream()
                .filter(file -> file.reason() == Reason.KUSTOMIZATION)
                .findFirst();
        return ", only " + counted(files) + "; " + kustomization.orElse(files.get(0))
                + (kustomization.isPresent()
                        ? ""
                        : "; where a program makes the manifests, -f - reads what it prints:"
                                + " `helm template CHART | flowguard check -f -`");
    }

    @Override
    public String toString() {
        return file + ": " + detail;
    }
}
