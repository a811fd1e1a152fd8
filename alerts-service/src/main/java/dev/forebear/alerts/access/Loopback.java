package dev.forebear.alerts.access;

import java.util.regex.Pattern;

/** Names of the loopback interface; nothing is looked up, for what a name leads to may change. */
final class Loopback {

    private static final Pattern NAME =
            Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]|0:0:0:0:0:0:0:1");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private Loopback() {}

    /** Whether a host is this machine, seen from itself. */
    static boolean isHost(String host) {
        return NAME.matcher(host).matches();
    }

    /** Whether a header {@code Host} names this machine, seen from itself. */
    static boolean isHostAndPort(String host) {
        return isHost(host.equals("::1") ? host : PORT.matcher(host).replaceFirst(""));
    }
}
