package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.testing.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The packaged program with two hostile tenants, who never stop asking, and honest changes at a fixed rate, due whether or not those before
 * are answered. Every honest one must be judged: otherwise it ends with 1. {@code src/bench/README.md} says how to run it.
 */
public final class Soak {
    /** As many honest requests as may be under way at once. */
    private static final int HONEST_SENDERS = 16;

    private static final int SENDERS_OF_A_TENANT = 2;
    private static final int REVIEWS = 2_000;
    private static final Duration STARTUP = Duration.ofMinutes(5);

    private Soak() {}

    /** {@code seconds=600 rate=50 shape=small heap=512m warmup=30 program=a.jar}. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(args, "seconds", "rate", "shape", "heap", "warmup", "program");
        GeneratedCluster cluster = new GeneratedCluster(Shape.named(arguments.text("shape", "small")), 1);
        List<HostileTenant> tenants = List.of(new HostileTenant("hostile-a", 1), new HostileTenant("hostile-b", 2));
        Path manifests = manifests(cluster, tenants);
        int port = FreePort.find();
        int management = FreePort.find();
        URI webhook = URI.create("https://localhost:" + port + "/validate");
        try (Child program = new Child(
                Path.of(System.getProperty("java.home")),
                List.of(
                        "-Xmx" + arguments.text("heap", "512m"),
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.ssl-port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=" + management,
                        "-jar",
                        arguments.text("program", "target/quarkus-app/quarkus-run.jar"),
                        "serve",
                        "--manifests",
                        manifests.toString()))) {
            program.listen(line -> {});
            awaitReady(program, management);
            List<String> honest = new GeneratedReviews(cluster, 1)
                    .draw(REVIEWS).stream().map(ObjectNode::toString).toList();
            int rate = arguments.number("rate", 50);
            // Without the others: so that what is measured is no program that is still being compiled.
            honest(new SoakSender(webhook, honest), rate * arguments.number("warmup", 30), rate);
            System.exit(soak(program, webhook, honest, tenants, rate, arguments.number("seconds", 600)) ? 0 : 1);
        }
    }

    private static boolean soak(
            Child program, URI webhook, List<String> honest, List<HostileTenant> tenants, int rate, int seconds)
            throws Exception {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        List<SoakSender> hostile = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        for (HostileTenant tenant : tenants) {
            SoakSender sender = new SoakSender(webhook, tenant.reviews());
            hostile.add(sender);
            for (int i = 0; i < SENDERS_OF_A_TENANT; i++) {
                threads.submit(() -> {
                    while (goesOn.get()) {
                        sender.send();
                    }
                    return null;
                });
            }
        }
        SoakSender honestly = new SoakSender(webhook, honest);
        Latencies latencies = honest(honestly, rate * seconds, rate);
        goesOn.set(false);
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        System.out.printf("honest: %s%n  %s%n", new TreeMap<>(honestly.answers()), latencies.text());
        for (SoakSender sender : hostile) {
            System.out.printf("hostile: %s%n", new TreeMap<>(sender.answers()));
        }
        System.out.printf(
                "program: alive %s, %.0f s of processor time, %d MB resident%n",
                program.isAlive(), program.processorSeconds(), program.megabytes("VmRSS"));
        return program.isAlive() && honestly.of("judged") == rate * seconds;
    }

    /** Each is due at its time; what is measured is from then on. */
    private static Latencies honest(SoakSender sender, int count, int rate) throws Exception {
        long[] nanos = new long[count];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long apart = TimeUnit.SECONDS.toNanos(1) / rate;
        ExecutorService senders = Executors.newFixedThreadPool(HONEST_SENDERS);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < HONEST_SENDERS; i++) {
            ends.add(senders.submit(() -> {
                for (int which = next.getAndIncrement(); which < count; which = next.getAndIncrement()) {
                    long due = start + which * apart;
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    sender.send();
                    nanos[which] = System.nanoTime() - due;
                }
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        senders.shutdown();
        return new Latencies(nanos);
    }

    private static Path manifests(GeneratedCluster cluster, List<HostileTenant> tenants) throws IOException {
        Path folder = Files.createTempDirectory("flowguard-soak");
        LoadFiles.manifests(cluster, folder);
        for (HostileTenant tenant : tenants) {
            StringBuilder text = new StringBuilder();
            tenant.objects()
                    .forEach(object -> text.append("---\n").append(object).append('\n'));
            Files.writeString(folder.resolve("hostile-" + tenants.indexOf(tenant) + ".yaml"), text);
        }
        return folder;
    }

    private static void awaitReady(Child program, int management) {
        long start = System.nanoTime();
        while (!isReady(management)) {
            if (!program.isAlive() || System.nanoTime() - start > STARTUP.toNanos()) {
                throw new IllegalStateException("the program does not become ready");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean isReady(int management) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/q/health/ready")
                            .toURL()
                            .openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }
}
