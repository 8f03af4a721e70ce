package dev.flowguard.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For programs that must be told which port to open. */
public final class FreePort {
    private FreePort() {}

    /** One on which nobody listens now. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
