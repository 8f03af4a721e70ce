import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the launcher beside the program that Maven has built, and makes the archive of classes that lets it start fast: {@code java
 * MakeLauncher.java BASE TARGET [false]}, where {@code false} leaves the archive out. Where none can be made the launcher starts
 * without.
 */
final class MakeLauncher {
    private static final String MAIN = "dev.flowguard.cli.Main";

    /** Runs each of {@link #COMMANDS}, one after the other. */
    private static final String TRAINING = "dev.flowguard.cli.Training";

    /** What these load is kept in the archive. */
    private static final String COMMANDS = "check -f deploy/demo --change deploy/demo/changes/06-typo-in-peer.yaml"
            + " , check -f deploy/demo , check -f deploy/demo -o json , check -R -f deploy/demo/tiers"
            + " , check -f deploy/demo --delete NetworkPolicy/shop/allow-dns"
            + " , explain -f deploy/demo --from deployment/shop/checkout --to svc/shop/orders"
            + " , connections -f deploy/demo , connections -f deploy/demo --by namespace , suggest -f deploy/demo"
            + " , exposure -f deploy/demo , findings";

    private static final int PATIENCE_SECONDS = 300;

    private final Path base;
    private final Path target;
    private final Path app;

    private MakeLauncher(Path base, Path target) {
        this.base = base;
        this.target = target;
        this.app = target.resolve("quarkus-app");
    }

    public static void main(String... arguments) throws Exception {
        MakeLauncher maker =
                new MakeLauncher(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath());
        if (!Files.exists(maker.app.resolve("quarkus-run.jar"))) {
            return;
        }
        maker.jar();
        for (String script : List.of("flowguard", "kubectl-flowguard")) {
            maker.script(script);
        }
        boolean archived = (arguments.length < 3 || Boolean.parseBoolean(arguments[2])) && maker.archive();
        System.out.println("[INFO] " + maker.base.toAbsolutePath().relativize(maker.target.resolve("flowguard"))
                + " is ready" + (archived ? "" : ", without an archive of classes"));
    }

    /** All that is on the class path, so that the JVM itself loads the classes; only such are kept in its archive. */
    private void jar() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            if (Files.isDirectory(app.resolve(folder))) {
                try (Stream<Path> files = Files.list(app.resolve(folder))) {
                    files.map(file -> folder + "/" + file.getFileName())
                            .filter(name -> name.endsWith(".jar"))
                            .sorted()
                            .forEach(jars::add);
                }
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN);
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, jars.stream().collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(app.resolve("commands-run.jar")), manifest).close();
    }

    private void script(String name) throws IOException {
        Path script = target.resolve(name);
        Files.copy(base.resolve("src/main/launcher").resolve(name), script, StandardCopyOption.REPLACE_EXISTING);
        if (!script.toFile().setExecutable(true, false)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    /** Runs some commands once, and lets the JVM write down which classes that took. */
    private boolean archive() throws Exception {
        Path aot = app.resolve("commands.aot");
        Path cds = app.resolve("commands.jsa");
        Files.deleteIfExists(aot);
        Files.deleteIfExists(cds);
        boolean knowsAot = Runtime.version().feature() >= 25;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                knowsAot ? "-XX:AOTCacheOutput=" + aot : "-XX:ArchiveClassesAtExit=" + cds,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                app.resolve("commands-run.jar").toString(),
                TRAINING));
        command.addAll(List.of(COMMANDS.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return Files.exists(knowsAot ? aot : cds);
    }
}
