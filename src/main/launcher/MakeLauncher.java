import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

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

    private static final boolean KNOWS_AOT = Runtime.version().feature() >= 25;

    /**
     * picocli asks at each start whether there is this class of Groovy, to support it. That there is none is known only when all jars
     * have been opened, which takes as long as some commands; an interface of this name that nobody implements is found at once.
     */
    private static final String SOUGHT = "groovy/lang/Closure";

    /** What stands for these in a class file. */
    private static final int JAVA_8 = 52;

    private static final int UTF_8 = 1;
    private static final int CLASS = 7;
    private static final int PUBLIC_INTERFACE = 0x0601;

    /** Copies by their names, and where their originals begin. */
    private static final Map<String, String> COPIED = new TreeMap<>(
            Map.of("commands-app.jar", "app/flowguard-", "commands-picocli.jar", "lib/main/info.picocli.picocli-"));

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
        boolean wantsArchive = arguments.length < 3 || Boolean.parseBoolean(arguments[2]);
        maker.jar(wantsArchive ? maker.copies() : List.of());
        for (String script : List.of("flowguard", "kubectl-flowguard")) {
            maker.script(script);
        }
        boolean archived = wantsArchive && maker.archive();
        System.out.println("[INFO] " + maker.base.toAbsolutePath().relativize(maker.target.resolve("flowguard"))
                + " is ready" + (archived ? "" : ", without an archive of classes"));
    }

    /**
     * Copies of the jars whose classes could not be archived, or not in full, as they are; by their names in the program's folder. There
     * are none where the JVM makes no such archive.
     */
    private List<String> copies() throws Exception {
        List<String> copies = new ArrayList<>();
        for (String copy : COPIED.keySet()) {
            Files.deleteIfExists(app.resolve(copy));
        }
        for (Map.Entry<String, String> copied : COPIED.entrySet()) {
            if (!KNOWS_AOT) {
                break;
            }
            int failed = run(List.of(
                    java(),
                    base.resolve("src/main/launcher/ArchivableClasses.java").toString(),
                    jar(copied.getValue()).toString(),
                    app.resolve(copied.getKey()).toString()));
            if (failed == 0) {
                copies.add(copied.getKey());
            }
        }
        return copies;
    }

    /** @param beginning of the path of a jar in the program's folder */
    private Path jar(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(app.resolve(beginning).getParent())) {
            return files.filter(file ->
                            file.toString().startsWith(app.resolve(beginning).toString()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(beginning + "… is not in " + app));
        }
    }

    /**
     * All that is on the class path, so that the JVM itself loads the classes; only such are kept in its archive.
     *
     * @param copies of some of them, which count in place of the originals
     */
    private void jar(List<String> copies) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            if (folder.equals("app")) {
                jars.addAll(copies);
            }
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
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(app.resolve("commands-run.jar")), manifest)) {
            jar.putNextEntry(new ZipEntry(SOUGHT + ".class"));
            jar.write(emptyInterface(SOUGHT));
            jar.closeEntry();
        }
    }

    /** A class file of an interface without anything in it. */
    private static byte[] emptyInterface(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xCAFEBABE);
        out.writeInt(JAVA_8);
        out.writeShort(5);
        for (String type : List.of(name, "java/lang/Object")) {
            out.writeByte(UTF_8);
            out.writeUTF(type);
            out.writeByte(CLASS);
            out.writeShort(type.equals(name) ? 1 : 3);
        }
        out.writeShort(PUBLIC_INTERFACE);
        out.writeShort(2);
        out.writeShort(4);
        // No interfaces above it, no fields, no methods, no attributes.
        out.writeLong(0);
        return bytes.toByteArray();
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
        List<String> command = new ArrayList<>(List.of(
                java(),
                KNOWS_AOT ? "-XX:AOTCacheOutput=" + aot : "-XX:ArchiveClassesAtExit=" + cds,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What the second compiler could learn from this run; there is none in those to come.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-Xlog:disable",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                app.resolve("commands-run.jar").toString(),
                TRAINING));
        command.addAll(List.of(COMMANDS.split(" ")));
        int ignored = run(command);
        return Files.exists(KNOWS_AOT ? aot : cds);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Nobody reads what it prints. */
    private int run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                ? process.exitValue()
                : process.destroyForcibly().waitFor();
    }
}
