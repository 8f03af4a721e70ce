package dev.flowguard.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged program, to be run in a process of its own: the native executable where the build made one ({@code -Dnative}), or else
 * the jar.
 */
public final class Program {
    /** Set by the build; empty where there is no executable. */
    private static final String EXECUTABLE = System.getProperty("native.image.path", "");

    /** Tests read UTF-8, whatever the locale of this machine. */
    private static final List<String> ENCODING =
            List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private Program() {}

    /**
     * Not started yet.
     *
     * @param options as Quarkus takes them, {@code -Dname=value}
     * @param arguments a command and its own options
     */
    public static ProcessBuilder run(List<String> options, String... arguments) {
        boolean isJar = EXECUTABLE.isEmpty();
        List<String> command = new ArrayList<>();
        command.add(
                isJar ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : EXECUTABLE);
        command.addAll(ENCODING);
        command.addAll(options);
        if (isJar) {
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
