package dev.flowguard.edge;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * HTTP/1.1 and nothing else: that is what an API server speaks to webhooks, and each further protocol is one more parser for
 * strangers to try. {@code quarkus.http.http2=false} does not say so in the handshake; this does.
 */
@Singleton
@Unremovable
class EdgeOptions implements HttpServerOptionsCustomizer {
    EdgeOptions() {
        SlowHeads.enable();
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setUseAlpn(true).setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
        options.setHttp2ClearTextEnabled(false);
    }
}
