package dev.flowguard.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A program beside the benchmark, of which it asks the operating system and the JVM how large it is. */
final class Child implements AutoCloseable {
    private final Path javaHome;
    private final Process process;

    /** @param arguments of java */
    Child(Path javaHome, List<String> arguments) throws IOException {
        this.javaHome = javaHome;
        List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // A benchmark that is interrupted leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Hands over all that it says, up to the line that begins so, which is returned; what comes then is nobody's. */
    String saysUntil(String beginning, Consumer<String> listener) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            listener.accept(line);
        }
        throw new IllegalStateException("the program ended");
    }

    /** Hands over all that it says, on a thread of its own. */
    void listen(Consumer<String> listener) {
        Thread thread = new Thread(() -> handOver(listener), "listener");
        thread.setDaemon(true);
        thread.start();
    }

    private void handOver(Consumer<String> listener) {
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            lines.forEach(listener);
        } catch (UncheckedIOException e) {
            // It was ended, and its output with it.
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How long processors have worked for it. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** A line of what the kernel knows, such as VmRSS or VmHWM, in MB. */
    long megabytes(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is alive in its heap, class by class, after a collection: the last line is the sum. */
    List<String> histogram() throws IOException {
        Process jcmd = new ProcessBuilder(
                        javaHome.resolve("bin/jcmd").toString(), "" + process.pid(), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader reader = jcmd.inputReader(StandardCharsets.UTF_8)) {
            return reader.lines().toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
