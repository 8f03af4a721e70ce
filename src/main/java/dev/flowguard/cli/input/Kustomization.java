package dev.flowguard.cli.input;

import dev.flowguard.config.BadInput;
import dev.flowguard.feed.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a kustomization renders to, by the kubectl or kustomize of the user: so it is what will be applied. */
final class Kustomization {
    private static final List<List<String>> RENDERERS =
            List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    private final String folder;

    Kustomization(String folder) {
        this.folder = folder;
    }

    /** By which its objects are placed. */
    String name() {
        return "kustomization " + folder;
    }

    byte[] render() {
        if (!Files.isDirectory(Path.of(folder))) {
            throw new BadInput("-k " + folder + ": there is no such folder");
        }
        return RENDERERS.stream()
                .flatMap(renderer -> render(renderer).stream())
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "-k " + folder + ": is rendered by kubectl or kustomize, and neither of them is on the PATH"));
    }

    /** Empty where there is no such program. */
    private Optional<byte[]> render(List<String> renderer) {
        String command = String.join(" ", renderer);
        try {
            Path complaint = Files.createTempFile("flowguard", ".txt");
            try {
                Optional<Process> started = start(renderer, complaint);
                if (started.isEmpty()) {
                    return Optional.empty();
                }
                byte[] rendered = rendered(started.get());
                if (started.get().waitFor() != 0) {
                    throw new BadInput("-k " + folder + ": `" + command + "` refuses it: "
                            + Files.readString(complaint).strip());
                }
                return Optional.of(rendered);
            } finally {
                Files.delete(complaint);
            }
        } catch (IOException e) {
            throw new BadInput("-k " + folder + ": `" + command + "` cannot be heard: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("-k " + folder + ": interrupted", e);
        }
    }

    /** As much as manifests may be; a checkout can have far more rendered than it holds itself. */
    private static byte[] rendered(Process renderer) throws IOException {
        try {
            return Manifests.bytes(renderer.getInputStream());
        } catch (IOException tooMuch) {
            renderer.destroyForcibly();
            throw tooMuch;
        }
    }

    private Optional<Process> start(List<String> renderer, Path complaint) {
        try {
            return Optional.of(new ProcessBuilder(renderer.get(0), renderer.get(1), folder)
                    .redirectError(complaint.toFile())
                    .start());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
