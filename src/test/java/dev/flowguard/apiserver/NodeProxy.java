package dev.flowguard.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a node does with calls of its API server to the webhook's Service: a new connection goes to a replica that is ready, and to the
 * same one as the last ({@code sessionAffinity: ClientIP}) for as long as that one is. Connections that are open stay as they are. The
 * API server knows it as its HTTPS proxy: so it calls the Service by its name, and asks the certificate for that.
 */
final class NodeProxy implements AutoCloseable {
    private static final int LONGEST_HEAD = 4_096;

    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "node-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private volatile List<Replica> endpoints = List.of();
    private Optional<Replica> last = Optional.empty();

    NodeProxy() throws IOException {
        entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** For the API server's environment. */
    String url() {
        return "http://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Which replicas the Service has from now on; none: nobody answers. */
    void lead(List<Replica> to) {
        endpoints = List.copyOf(to);
    }

    /** Ends the connections that are open, so that the next call makes a new one. */
    void hangUp() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        hangUp();
        threads.shutdownNow();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket caller = entrance.accept();
                threads.execute(() -> connect(caller));
            } catch (IOException e) {
                // Closed, or a caller that went away at once: the next one is another.
            }
        }
    }

    private void connect(Socket caller) {
        callers.add(caller);
        try (caller) {
            skipHead(caller.getInputStream());
            Optional<Replica> replica = choose();
            if (replica.isEmpty()) {
                return;
            }
            try (Socket server =
                    new Socket(InetAddress.getLoopbackAddress(), replica.get().port())) {
                caller.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                caller.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                threads.execute(() -> pump(server, caller));
                pump(caller, server);
            }
        } catch (IOException e) {
            // The caller sees that the connection is closed.
        } finally {
            callers.remove(caller);
        }
    }

    private synchronized Optional<Replica> choose() {
        List<Replica> now = endpoints;
        last = last.filter(now::contains).or(() -> now.stream().findFirst());
        return last;
    }

    private static void skipHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("no CONNECT: " + head);
            }
            head.append((char) next);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // The other way ends as well: both sockets are closed.
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        try (one;
                other) {
            one.shutdownInput();
        } catch (IOException e) {
            // It was closed already.
        }
    }
}
