package dev.flowguard.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cli.Trusting;
import dev.flowguard.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a process of its own, as the README starts it. */
class ServeIT {
    private static final String ANY_PORT = "-Dquarkus.http.ssl-port=0";

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void saysWhereItAnswersAndEndsWhenItIsTold() throws Exception {
        Process server = serve(ANY_PORT);

        assertThat(linesUntil(server, "  try "))
                .anyMatch(line -> line.matches(".* Flowguard \\S+ answers at https://localhost:\\d+/validate .*"));
        server.toHandle().destroy();
        assertThat(rest(server)).doesNotContain("ERROR");
        assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void anOptionThatCannotBeUsedIsNamedAndEndsWithTwo() throws Exception {
        Process server = serve(ANY_PORT, "-Dflowguard.manifests-recursive=perhaps", "-Dflowguard.mdoe=Warn");

        assertThat(rest(server)).isEqualTo("""
            Flowguard cannot start with these options:
              flowguard.manifests-recursive: "perhaps" is not one of true, false
              flowguard.mdoe: there is no such option
            """);
        assertThat(server.waitFor()).isEqualTo(2);
    }

    @Test
    void aPortInUseIsNamedAndEndsWithOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process server = serve("-Dquarkus.http.ssl-port=" + taken.getLocalPort());

            assertThat(rest(server))
                    .contains("Flowguard cannot start: ")
                    .contains(String.valueOf(taken.getLocalPort()))
                    .contains("-Dquarkus.http.ssl-port=…")
                    .doesNotContain("\tat ");
            assertThat(server.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void manifestsThatCannotBeUsedAreNamedByTheirPlaceAndEndWithTwo(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("broken.yaml"), "apiVersion: v1\nkind: [\n");
        Process server = serveManifests(folder, ANY_PORT);

        assertThat(rest(server)).contains("broken.yaml").contains("line ").doesNotContain("\tat ");
        assertThat(server.waitFor()).isEqualTo(2);
    }

    @Test
    void aReplicaThatIsToldToStopServesOnAndClosesEachConnection() throws Exception {
        Process server = serve(ANY_PORT, "-Dquarkus.shutdown.delay=2s");
        int port = linesUntil(server, "  try ").stream()
                .flatMap(line -> Pattern.compile("https://localhost:(\\d+)/validate")
                        .matcher(line)
                        .results())
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow();
        try (SSLSocket socket =
                (SSLSocket) Trusting.anybody().getSocketFactory().createSocket("127.0.0.1", port)) {
            assertThat(review(socket)).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");
            server.toHandle().destroy();
            String answer = review(socket);
            // The signal takes an instant to arrive; until then the connection stays open.
            while (!answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
                answer = review(socket);
            }
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void thePortOfHealthHangsUpOnHttp2HoweverItIsAskedFor() throws Exception {
        Process server = serve(ANY_PORT);
        int port = linesUntil(server, "  try ").stream()
                .flatMap(line -> Pattern.compile("http://localhost:(\\d+)/q/health")
                        .matcher(line)
                        .results())
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow();
        String upgrade = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n";
        for (String words : List.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", upgrade)) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(answer(socket)).isEmpty();
            }
        }
    }

    /** Nothing as well where the connection is cut off. */
    private static String answer(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String review(SSLSocket socket) throws IOException {
        String body =
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"hello\"}}";
        String head = "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        int length = Pattern.compile("(?i)content-length: (\\d+)")
                .matcher(answer)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow();
        socket.getInputStream().readNBytes(length);
        return answer.toString();
    }

    private Process serve(String... options) throws IOException {
        return serveManifests(Path.of("deploy/demo"), options);
    }

    private Process serveManifests(Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=0"));
        all.addAll(List.of(options));
        Process process = Program.run(all, "serve", "--manifests", folder.toString())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    private static List<String> linesUntil(Process process, String beginning) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(beginning)) {
                return lines;
            }
        }
        throw new AssertionError("The program ended with: " + lines);
    }

    private static String rest(Process process) {
        return process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
