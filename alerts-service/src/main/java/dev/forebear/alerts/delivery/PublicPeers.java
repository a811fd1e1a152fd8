package dev.forebear.alerts.delivery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets requests pass only over connections to addresses of the public internet. It looks at the socket that is
 * connected, so that no name can lead elsewhere between a check and its use.
 */
final class PublicPeers implements Interceptor {

    /** The connection leads to this machine or into a private network. */
    static final class PrivatePeerException extends IOException {

        private static final long serialVersionUID = 1L;

        PrivatePeerException() {
            super("a private address");
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Connection connection = chain.connection();
        InetAddress peer = connection == null ? null : connection.socket().getInetAddress();
        if (peer == null || !isPublic(peer)) {
            throw new PrivatePeerException();
        }
        return chain.proceed(chain.request());
    }

    static boolean isPublic(InetAddress address) {
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        return !special && (address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes));
    }

    // Of the IANA special-purpose registries, what Java does not name.
    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        return first != 0 && first < 240 && !shared && !benchmark && !protocols;
    }

    // Global unicast is 2000::/3; what tunnels IPv4 is as public as what it hides, and nobody needs it for a webhook.
    private static boolean isPublic6(byte[] bytes) {
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return global && !teredo && !sixToFour;
    }
}
