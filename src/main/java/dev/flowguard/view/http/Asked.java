package dev.flowguard.view.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;

/**
 * A request as far as the gate looks at it.
 *
 * @param path as it was sent, not decoded
 * @param hosts all {@code Host} headers
 * @param origins all {@code Origin} headers; none where a browser was told an address or a page asks its own server
 * @param sites all {@code Sec-Fetch-Site} headers
 */
record Asked(String method, String path, List<String> hosts, List<String> origins, List<String> sites) {
    Asked {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        sites = List.copyOf(sites);
    }

    static Asked of(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                headers.getOrDefault("Host", List.of()),
                headers.getOrDefault("Origin", List.of()),
                headers.getOrDefault("Sec-Fetch-Site", List.of()));
    }
}
