package dev.flowguard.tls;

import static dev.flowguard.testing.Patience.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Calls the webhook again and again, as an API server would: on new connections that trust what it has been told last, and on
 * one that stays open.
 */
final class EndlessCalls implements AutoCloseable {
    private static final String HOST = "localhost";

    private final URL url;
    private final Set<X509Certificate> seen = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger callsOnOldConnection = new AtomicInteger();
    private final List<Thread> threads;
    private volatile List<X509Certificate> trusted;
    private volatile boolean done;

    EndlessCalls(URL url, List<X509Certificate> trusted) {
        this.url = url;
        this.trusted = trusted;
        this.threads = List.of(new Thread(this::onNewConnections), new Thread(this::onOneConnection));
        threads.forEach(Thread::start);
    }

    void trust(List<X509Certificate> certificates) {
        trusted = certificates;
    }

    Set<X509Certificate> certificatesSeen() {
        return Set.copyOf(seen);
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Waits until some more calls of both sorts have been answered, or one has failed. */
    void awaitSome() {
        int before = calls.get();
        int beforeOnOldConnection = callsOnOldConnection.get();
        await().until(() -> !failures.isEmpty()
                || calls.get() > before + 2 && callsOnOldConnection.get() > beforeOnOldConnection + 2);
    }

    void awaitNewCertificate(Set<X509Certificate> before) {
        await().until(() -> !failures.isEmpty() || seen.size() > before.size());
    }

    private void onNewConnections() {
        while (!done) {
            try (SSLSocket socket = connect()) {
                call(socket);
                seen.add((X509Certificate) socket.getSession().getPeerCertificates()[0]);
                calls.incrementAndGet();
            } catch (IOException | GeneralSecurityException e) {
                failures.add(e);
            }
        }
    }

    private void onOneConnection() {
        try (SSLSocket socket = connect()) {
            while (!done) {
                call(socket);
                callsOnOldConnection.incrementAndGet();
            }
        } catch (IOException | GeneralSecurityException e) {
            failures.add(e);
        }
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        Socket plain = new Socket(url.getHost(), url.getPort());
        SSLSocket socket =
                (SSLSocket) Trust.context(trusted).getSocketFactory().createSocket(plain, HOST, url.getPort(), true);
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        socket.startHandshake();
        return socket;
    }

    /** Any answer will do, if it comes: this one is 405, since nothing is posted. */
    private static void call(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET /validate HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        String status = reader.readLine();
        if (status == null || !status.contains(" 405 ")) {
            throw new IOException("the answer was " + status);
        }
        int length = 0;
        for (String header = reader.readLine(); header != null && !header.isEmpty(); header = reader.readLine()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            reader.read();
        }
    }

    @Override
    public void close() throws InterruptedException {
        done = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
