package dev.flowguard.tls;

import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
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

    /** A client whose requests share connections, as those of the API server do. */
    public Client client() throws IOException {
        try {
            return new Client(trusting().getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate that is shown cannot be trusted: " + e.getMessage(), e);
        }
    }

    /** Sends requests one after the other. */
    public final class Client {
        private final SSLSocketFactory trusting;

        private Client(SSLSocketFactory trusting) {
            this.trusting = trusting;
        }

        /**
         * Sends JSON and waits for the end of the answer.
         *
         * @param patience for the connection, and again for each silence after it
         * @return the status code
         */
        public int post(String path, byte[] json, Duration patience) throws IOException {
            HttpsURLConnection connection =
                    (HttpsURLConnection) new URL("https", address(), http.getSecurePort(), path).openConnection();
            connection.setSSLSocketFactory(trusting);
            // The one certificate that is trusted is this port's, whatever names it has.
            connection.setHostnameVerifier((name, session) -> true);
            int timeout = Math.max(1, (int) patience.toMillis());
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(json.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json);
            }
            int status = connection.getResponseCode();
            // Read to its end, an answer leaves the connection to the next request.
            try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (answer != null) {
                    answer.transferTo(OutputStream.nullOutputStream());
                }
            }
            return status;
        }
    }

    /** Where the port is open on every address, this machine's own will do. */
    private String address() throws UnknownHostException {
        InetAddress address = InetAddress.getByName(host);
        return (address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address).getHostAddress();
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
}
