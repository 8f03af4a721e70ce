package dev.flowguard.tls;

import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The HTTPS port of this program as a client sees it, one that trusts the certificate which the port shows now and no other. */
@ApplicationScoped
public class OwnPort {
    private final HttpServer http;
    private final WebhookKeyStore keyStore;
    private final String host;

    OwnPort(HttpServer http, WebhookKeyStore keyStore, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.http = http;
        this.keyStore = keyStore;
        this.host = host;
    }

    /**
     * Sends JSON over a connection of its own and waits for the end of the answer.
     *
     * @param patience for the connection, and again for each silence after it
     * @return the status code
     */
    public int post(String path, byte[] json, Duration patience) throws IOException {
        int timeout = Math.max(1, (int) patience.toMillis());
        InetSocketAddress address = address();
        try (Socket plain = new Socket()) {
            plain.connect(address, timeout);
            plain.setSoTimeout(timeout);
            try (Socket socket = trusting()
                    .getSocketFactory()
                    .createSocket(plain, address.getHostString(), address.getPort(), true)) {
                OutputStream out = socket.getOutputStream();
                out.write(head(path, json.length).getBytes(StandardCharsets.US_ASCII));
                out.write(json);
                out.flush();
                return status(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate that is shown cannot be trusted: " + e.getMessage(), e);
        }
    }

    /** Where the port is open on every address, this machine's own will do. */
    private InetSocketAddress address() {
        InetSocketAddress address = new InetSocketAddress(host, http.getSecurePort());
        return address.getAddress() != null && address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                : address;
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        for (X509Certificate certificate : keyStore.served()) {
            trusted.setCertificateEntry("served-" + count++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\nConnection: close\r\n\r\n";
    }

    /** From {@code HTTP/1.1 200 OK}. */
    private static int status(String answer) throws IOException {
        String[] words = answer.split(" ", 3);
        if (words.length < 3) {
            throw new IOException("The answer is not HTTP");
        }
        return Integer.parseInt(words[1]);
    }
}
