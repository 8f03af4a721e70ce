package dev.flowguard.view.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A request with any headers and any path, as no browser would send it. */
final class RawRequest {
    private final String line;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";

    RawRequest(String method, String path) {
        this.line = method + " " + path + " HTTP/1.1";
    }

    RawRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RawRequest body(String text) {
        body = text;
        return this;
    }

    /** What comes back to exactly these bytes. */
    static Reply exactly(String text, int port) {
        try (Socket socket = open(text, port)) {
            return new Reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends this, and leaves the connection open. */
    static Socket open(String text, int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes back, as it stands. */
    Reply send(int port) {
        headers.putIfAbsent("Host", "127.0.0.1:" + port);
        headers.put("Connection", "close");
        if (!body.isEmpty()) {
            headers.put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        }
        StringBuilder text = new StringBuilder(line).append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("\r\n").append(body);
        return exactly(text.toString(), port);
    }

    /** @param text the head and the body */
    record Reply(String text) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        String header(String name) {
            return text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }
}
