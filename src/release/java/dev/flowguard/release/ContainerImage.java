package dev.flowguard.release;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program as a container image, made by Jib without a container engine: what {@code src/main/docker/Dockerfile.jvm} builds, but for the
 * cache of classes, for which the program would have to run in the image.
 */
final class ContainerImage {
    private static final Pattern BASE = Pattern.compile("^ARG BASE=(\\S+)$", Pattern.MULTILINE);
    private static final AbsoluteUnixPath PROGRAM = AbsoluteUnixPath.get("/deployments");

    private final Path dockerfile;
    private final Path license;
    private final Path app;
    private final String version;
    private final String revision;
    private final Instant time;

    /**
     * An image to be made.
     *
     * @param base the folder of the project
     * @param app the packaged program
     * @param revision the commit
     */
    ContainerImage(Path base, Path app, String version, String revision, Instant time) {
        this.dockerfile = base.resolve("src/main/docker/Dockerfile.jvm");
        this.license = base.resolve("LICENSE");
        this.app = app;
        this.version = version;
        this.revision = revision;
        this.time = time;
    }

    /** The base image of the Dockerfile. */
    String usualBase() throws IOException {
        Matcher matcher = BASE.matcher(Files.readString(dockerfile));
        if (!matcher.find()) {
            throw new IOException(dockerfile + " names no base");
        }
        return matcher.group(1);
    }

    /**
     * Writes the image as {@code docker load} takes it.
     *
     * @param from the base: a name in a registry, or {@code tar://} and the path of such a file
     * @return why there is none; empty where there is one
     */
    Optional<String> write(String from, String name, Path tar) throws IOException, InterruptedException {
        Path cache = Files.createTempDirectory("image");
        try {
            Containerizer to = Containerizer.to(TarImage.at(tar).named(name))
                    .setApplicationLayersCache(cache)
                    .setToolName("flowguard");
            layered(Jib.from(from))
                    .setUser("185")
                    .setWorkingDirectory(PROGRAM)
                    .setExposedPorts(Port.tcp(8443), Port.tcp(9000))
                    .setCreationTime(time)
                    .setLabels(labels(from))
                    .setEntrypoint(entrypoint())
                    .setProgramArguments("serve")
                    .containerize(to);
            return Optional.empty();
        } catch (RegistryException | IOException | ExecutionException | CacheDirectoryCreationException e) {
            Files.deleteIfExists(tar);
            return Optional.of(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What changes least comes first, so that a new build shares these layers with the last. */
    private JibContainerBuilder layered(JibContainerBuilder image) throws IOException {
        return image.addFileEntriesLayer(FileEntriesLayer.builder()
                        .setName("libraries")
                        .addEntry(license, AbsoluteUnixPath.get("/licenses/LICENSE"))
                        .addEntryRecursive(app.resolve("lib"), PROGRAM.resolve("lib"))
                        .build())
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .setName("program")
                        .addEntry(app.resolve("quarkus-run.jar"), PROGRAM.resolve("quarkus-run.jar"))
                        .addEntryRecursive(app.resolve("app"), PROGRAM.resolve("app"))
                        .addEntryRecursive(app.resolve("quarkus"), PROGRAM.resolve("quarkus"))
                        .build());
    }

    private Map<String, String> labels(String from) {
        return Map.of(
                "org.opencontainers.image.title",
                "Flowguard",
                "org.opencontainers.image.description",
                "Refuses NetworkPolicy changes that would cut declared traffic",
                "org.opencontainers.image.licenses",
                "Apache-2.0",
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.revision",
                revision,
                "org.opencontainers.image.created",
                time.toString(),
                "org.opencontainers.image.base.name",
                from.replaceFirst("^tar://.*/", ""));
    }

    /** That of the Dockerfile, without the cache. */
    private List<String> entrypoint() throws IOException {
        String file = Files.readString(dockerfile);
        String words = file.substring(file.indexOf("\nENTRYPOINT"), file.indexOf("\nCMD"));
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(words)
                .results()
                .map(word -> word.group(1))
                .filter(word -> !word.startsWith("-XX:AOTCache="))
                .toList();
    }
}
