package dev.forebear.runtime;

import java.net.URI;

/**
 * Where a service listens.
 *
 * @param host name or address of the interface, for example {@code 127.0.0.1} or {@code 0.0.0.0}
 * @param port 1 to 65535, or 0 for any free port
 */
public record ListenAddress(String host, int port) {

    public ListenAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("listen address: expected a host, found none");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("listen address: expected a port from 0 to 65535, found " + port);
        }
    }

    /** Any free port of the loopback interface. */
    public static ListenAddress anyLoopbackPort() {
        return new ListenAddress("127.0.0.1", 0);
    }

    /**
     * Parses {@code host:port}; an IPv6 host is written in brackets.
     *
     * @throws IllegalArgumentException when the text is no such address
     */
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("expected host:port, found '" + text + "'");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new ListenAddress(host, Integer.parseInt(port));
    }

    /** The address under which a client on this machine reaches what listens here. */
    public URI loopback() {
        boolean anyInterface = host.equals("0.0.0.0") || host.equals("::");
        return URI.create("http://" + (anyInterface ? new ListenAddress("127.0.0.1", port) : this));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
