package dev.forebear.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** A port that nobody listens on at this moment. */
    static int freePort() {
        try (ServerSocket socket = bound(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PlatformException(HOST + ": expected a free port, found none: " + e.getMessage(), e);
        }
    }

    /** Refuses a port that somebody listens on, with a better message than most servers have. */
    static void requireFree(String server, int port) {
        try (ServerSocket socket = bound(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new PlatformException(server + ": cannot listen on " + HOST + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
