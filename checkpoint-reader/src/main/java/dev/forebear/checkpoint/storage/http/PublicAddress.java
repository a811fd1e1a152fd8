package dev.forebear.checkpoint.storage.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses of the public internet from those that lead back into a machine or its network. */
final class PublicAddress {

    private PublicAddress() {}

    /** How far an address reaches. */
    enum Reach {
        PUBLIC,
        /** This machine or its organisation's network. */
        PRIVATE,
        /** Addresses that no server is asked at, such as those that clouds hand their machines' secrets out by. */
        NEVER
    }

    static Reach of(InetAddress address) {
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return Reach.NEVER;
        }
        if (address.isLoopbackAddress() || address.isSiteLocalAddress()) {
            return Reach.PRIVATE;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? ofFour(bytes) : ofSixteen(bytes);
    }

    // RFC 6890: this network, shared addresses, protocol assignments, benchmarks, reserved.
    private static Reach ofFour(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (first == 0 || first >= 240) {
            return Reach.NEVER;
        }
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean assigned = first == 192 && second == 0 && bytes[2] == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        return shared || assigned || benchmark ? Reach.PRIVATE : Reach.PUBLIC;
    }

    // RFC 4193 unique local; RFC 6052, 3056 and 4291 carry an IPv4 address that the packet ends at.
    private static Reach ofSixteen(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return Reach.PRIVATE;
        }
        if (starts(bytes, 0x00, 0x64, 0xff, 0x9b)) {
            return of(embedded(bytes, 12));
        }
        if (starts(bytes, 0x20, 0x02)) {
            return of(embedded(bytes, 2));
        }
        boolean teredo = starts(bytes, 0x20, 0x01, 0x00, 0x00);
        boolean compatible = starts(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return teredo || compatible ? Reach.NEVER : Reach.PUBLIC;
    }

    private static boolean starts(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress embedded(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }
}
