package dev.flowguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The packaged program beside a canned API server: how long until it is ready, how large it is then, and how long after a pod's event a
 * verdict knows of it. {@code src/bench/feed.md} says how to run it and what it prints.
 */
public final class FeedBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IMAGE_FLAG = Pattern.compile("\"(-XX:[^\"]+)\"");
    private static final String LISTENING = "listening at ";

    /** Events before those that count: until then much of the code is interpreted. */
    private static final int WARM_UP = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String apiServer;
    private final FollowingProgram program;

    private FeedBenchmark(String apiServer, FollowingProgram program) {
        this.apiServer = apiServer;
        this.program = program;
    }

    /** {@code shape=small seed=1 events=500 storm=500 flags="-Xmx384m" java=/a/jdk program=a.jar classes=0}. */
    public static void main(String[] args) throws Exception {
        Arguments arguments =
                Arguments.of(args, "shape", "seed", "events", "storm", "flags", "java", "classes", "program");
        Path java = Path.of(arguments.text("java", System.getProperty("java.home")));
        String shape = arguments.text("shape", "small");
        String flags = arguments.text("flags", flagsInContainerOf(shape.equals("large") ? "512m" : "256m"));
        say(
                "machine: %s %s, %d processors, load %.1f",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        String jar = arguments.text("program", "target/quarkus-app/quarkus-run.jar");
        say("program: %s/bin/java %s -jar %s", java, flags, jar);
        List<String> canned = List.of(
                "-Xmx8g",
                "-classpath",
                System.getProperty("java.class.path"),
                CannedApiServer.class.getName(),
                "shape=" + shape,
                "seed=" + arguments.number("seed", 1),
                "seconds=3600");
        try (Child server = new Child(Path.of(System.getProperty("java.home")), canned)) {
            String url = server.saysUntil(LISTENING, FeedBenchmark::say).substring(LISTENING.length());
            long start = System.nanoTime();
            try (FollowingProgram program = new FollowingProgram(java, List.of(flags.split(" ")), jar, url)) {
                new FeedBenchmark(url, program).run(arguments, start);
            }
        }
    }

    /** The image's flags, but for the cache that it has; and what a JVM chooses by itself in a container of that memory. */
    private static String flagsInContainerOf(String memory) throws IOException {
        String image = Files.readString(Path.of("src/main/docker/Dockerfile.jvm"));
        String flags = IMAGE_FLAG
                .matcher(image.substring(image.indexOf("\nENTRYPOINT")))
                .results()
                .map(found -> found.group(1))
                .filter(flag -> !flag.startsWith("-XX:AOTCache"))
                .collect(Collectors.joining(" "));
        return flags + " -XX:+UseSerialGC -XX:MaxRAM=" + memory;
    }

    private void run(Arguments arguments, long start) throws IOException, InterruptedException {
        program.awaitReady();
        long sync = bench("GET", "").path("nanosSinceFirstList").asLong();
        say(
                "sync: %.2f s from the first list to ready, %.2f s from the start of the program; %.2f s of processor"
                        + " time",
                sync / 1e9, (System.nanoTime() - start) / 1e9, program.process().processorSeconds());
        memory("after sync", arguments.number("classes", 0));
        int events = arguments.number("events", 500);
        latency("", WARM_UP);
        latency("event to verdict, idle", events);
        int rate = arguments.number("storm", 500);
        bench("POST", "/storm?rate=" + rate);
        long before = bench("GET", "").path("stormEvents").asLong();
        long began = System.nanoTime();
        latency("", WARM_UP);
        latency("event to verdict, storm", events);
        long blown = bench("GET", "").path("stormEvents").asLong() - before;
        say("the storm blew at %.0f events/s", blown / ((System.nanoTime() - began) / 1e9));
        memory("in the storm", 0);
        bench("POST", "/storm?rate=0");
    }

    private void memory(String when, int classes) throws IOException {
        long resident = program.process().megabytes("VmRSS");
        long peak = program.process().megabytes("VmHWM");
        List<String> histogram = program.process().histogram();
        String[] sum = histogram.get(histogram.size() - 1).trim().split("\\s+");
        say(
                "memory %s: live heap %.1f MB, RSS %d MB, peak RSS %d MB",
                when, Long.parseLong(sum[2]) / 1e6, resident, peak);
        histogram.stream().limit(classes == 0 ? 0 : classes + 3L).forEach(FeedBenchmark::say);
    }

    /** @param name empty if nobody wants to know */
    private void latency(String name, int events) throws IOException, InterruptedException {
        long[] nanos = new long[events];
        for (int i = 0; i < events; i++) {
            boolean appears = i % 2 == 0;
            long start = System.nanoTime();
            bench(appears ? "POST" : "DELETE", "/probe");
            program.awaitVerdict(!appears);
            nanos[i] = System.nanoTime() - start;
        }
        if (!name.isEmpty()) {
            say("%s: %s", name, new Latencies(nanos).text());
        }
    }

    private JsonNode bench(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(apiServer + "/bench" + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void say(String format, Object... values) {
        say(String.format(java.util.Locale.ROOT, format, values));
    }
}
