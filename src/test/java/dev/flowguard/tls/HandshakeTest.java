package dev.flowguard.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client that checks certificate and host name finds at the port of the running application. */
@QuarkusTest
class HandshakeTest {
    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "flowguard.flowguard-system.svc"})
    void isWhomItIsCalled(String name) throws Exception {
        assertThat(handshake(name, keyStore.served())).startsWith("TLSv1.3");
    }

    @Test
    void isNobodyElse() {
        assertThatThrownBy(() -> handshake("example.org", keyStore.served()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("example.org");
    }

    @Test
    void isNotTrustedByThoseWhoTrustAnother() {
        List<X509Certificate> another = new SelfSigned(Clock.systemUTC()).make().chain();

        assertThatThrownBy(() -> handshake("localhost", another)).isInstanceOf(SSLHandshakeException.class);
    }

    private String handshake(String name, List<X509Certificate> trusted) throws Exception {
        try (Socket plain = new Socket(url.getHost(), url.getPort());
                SSLSocket socket = (SSLSocket)
                        Trust.context(trusted).getSocketFactory().createSocket(plain, name, url.getPort(), true)) {
            SSLParameters checks = socket.getSSLParameters();
            checks.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checks);
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }
}
