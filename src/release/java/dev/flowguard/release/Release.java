package dev.flowguard.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a release together: {@code Release BASE TARGET VERSION TIME IMAGE REVISION [BASE-IMAGE]}. What cannot be made on this machine is left
 * out, with one line that says why.
 */
public final class Release {
    private static final String CHECKSUMS = "SHA256SUMS";

    private final Path base;
    private final Path target;
    private final Path release;
    private final String version;
    private final Instant time;

    private Release(Path base, Path target, String version, Instant time) {
        this.base = base;
        this.target = target;
        this.release = target.resolve("release");
        this.version = version;
        this.time = time;
    }

    /** @throws IOException if what can be made on any machine cannot be written */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Release release =
                new Release(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], Instant.parse(arguments[3]));
        release.begin();
        if (Files.exists(release.target.resolve("quarkus-app/quarkus-run.jar"))) {
            release.archive();
            release.krew();
            release.image(arguments[4], arguments[5], arguments.length > 6 ? arguments[6] : "");
        } else {
            leftOut("the archive for every platform and the container image", "this build makes no jar");
        }
        release.executable();
        release.billOfMaterials();
        release.installation(arguments[4]);
        release.checksums();
    }

    private void begin() throws IOException {
        Files.createDirectories(release);
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    private void archive() throws IOException {
        ProgramArchive archive = new ProgramArchive("flowguard-" + version, time);
        archive.add("LICENSE", base.resolve("LICENSE"));
        archive.addProgram("flowguard", base.resolve("src/main/launcher/flowguard"));
        archive.addProgram("kubectl-flowguard", base.resolve("src/main/launcher/kubectl-flowguard"));
        // The archive of classes is for the JDK of this build alone, and so are the jars that were copied for it.
        archive.addFolder(
                "quarkus-app",
                target.resolve("quarkus-app"),
                name -> name.equals("commands-run.jar") || !name.startsWith("commands"));
        archive.write(release.resolve("flowguard-" + version + ".tar.gz"));
    }

    private void executable() throws IOException {
        Optional<Path> executable;
        try (Stream<Path> files = Files.list(target)) {
            executable = files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .findFirst();
        }
        if (executable.isEmpty()) {
            leftOut("the archive for " + platform() + " alone", "there is no native executable, which -Dnative makes");
            return;
        }
        String name = "flowguard-" + version + "-" + platform();
        ProgramArchive archive = new ProgramArchive(name, time);
        archive.add("LICENSE", base.resolve("LICENSE"));
        archive.addProgram("flowguard", executable.get());
        archive.addProgram("kubectl-flowguard", base.resolve("src/main/launcher/kubectl-flowguard"));
        archive.write(release.resolve(name + ".tar.gz"));
    }

    /** Such as {@code linux-amd64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll("\\s.*", "");
        String processor = System.getProperty("os.arch");
        return system.replace("mac", "darwin") + "-"
                + (processor.equals("x86_64") ? "amd64" : processor.replace("aarch64", "arm64"));
    }

    private void billOfMaterials() throws IOException {
        Path bill = target.resolve("flowguard-" + version + "-cyclonedx.json");
        if (Files.exists(bill)) {
            Files.copy(bill, release.resolve(bill.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } else {
            leftOut("the bill of materials", bill + " is not there");
        }
    }

    private void installation(String image) throws IOException, InterruptedException {
        String overlay = base.resolve("deploy/overlays/default").toString();
        for (List<String> command :
                List.of(List.of("kubectl", "kustomize", overlay), List.of("kustomize", "build", overlay))) {
            Optional<String> manifests = output(command);
            if (manifests.isPresent()) {
                Files.writeString(
                        release.resolve("install.yaml"),
                        manifests.get().replaceFirst("(?m)^( +image:) flowguard:\\S+$", "$1 " + image));
                return;
            }
        }
        leftOut("install.yaml", "neither kubectl nor kustomize is on the PATH");
    }

    private static Optional<String> output(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    private void image(String name, String revision, String chosenBase) throws IOException, InterruptedException {
        ContainerImage image = new ContainerImage(base, target.resolve("quarkus-app"), version, revision, time);
        String from = chosenBase.isEmpty() ? image.usualBase() : chosenBase;
        Optional<String> failure = image.write(from, name, release.resolve("flowguard-" + version + "-image.tar"));
        failure.ifPresent(why -> leftOut("the container image", "its base " + from + " cannot be had (" + why + ")"));
    }

    private void krew() throws IOException {
        Path archive = release.resolve("flowguard-" + version + ".tar.gz");
        Files.writeString(
                release.resolve("krew-flowguard.yaml"),
                Files.readString(base.resolve("deploy/krew/flowguard.yaml"))
                        .replace("@VERSION@", version)
                        .replace("@SHA256@", sha256(archive)));
    }

    private void checksums() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.add(sha256(file) + "  " + file.getFileName());
        }
        Files.write(release.resolve(CHECKSUMS), lines);
        System.out.println("[INFO] " + base.relativize(release) + " is ready: "
                + String.join(
                        ", ",
                        files().stream()
                                .map(file -> file.getFileName().toString())
                                .toList()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(release)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void leftOut(String what, String why) {
        System.out.println("[WARNING] the release is without " + what + ": " + why);
    }
}
