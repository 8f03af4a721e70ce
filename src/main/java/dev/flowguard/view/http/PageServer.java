package dev.flowguard.view.http;

import com.sun.net.httpserver.HttpServer;
import dev.flowguard.config.BadInput;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the page on 127.0.0.1, from {@link #start} to {@link #close}. */
public final class PageServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 64;

    /** A browser asks for a few things at once; each open page holds one more for its events. */
    private static final int MOST_THREADS = 32;

    private static final long IDLE_SECONDS = 30;

    /** Who sends a request so slowly is not waited for: everybody on this machine can reach the port, and occupy a thread. */
    private static final String REQUEST_SECONDS = "5";

    static {
        // Else the last bytes of an answer may wait for an acknowledgement of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final PageHandler handler;
    private final Gate gate;
    private final PageToken token;

    private PageServer(HttpServer server, ExecutorService threads, PageHandler handler, Gate gate, PageToken token) {
        this.gate = gate;
        this.server = server;
        this.threads = threads;
        this.handler = handler;
        this.token = token;
    }

    /**
     * Answers from now on.
     *
     * @param port 0 for one that is free
     * @throws BadInput where the port is taken
     */
    public static PageServer start(int port, Api api) {
        PageToken token = PageToken.random();
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
            ExecutorService threads = threads();
            Gate gate = new Gate(token, server.getAddress().getPort());
            PageHandler handler = new PageHandler(token, gate, new PageFiles(), api);
            server.setExecutor(threads);
            server.createContext("/", handler);
            server.start();
            return new PageServer(server, threads, handler, gate, token);
        } catch (BindException e) {
            throw new BadInput(
                    "--port " + port + ": something listens there already; without --port a free one is taken", e);
        } catch (IOException e) {
            throw new BadInput("The page cannot be served on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "flowguard-page " + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Where the page is, for whoever may see it: it holds the token. */
    public String address() {
        return address(token);
    }

    /** An address that leads to the page once, fit to be an argument of a program; the one before it leads nowhere any more. */
    public String openingAddress() {
        return address(gate.issueOnce());
    }

    private String address(PageToken known) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + known.value() + "/";
    }

    @Override
    public void close() {
        handler.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
