package dev.forebear.checkpoint.storage.http;

import java.net.URI;
import okhttp3.HttpUrl;

/** The address of a server as an operator writes it. */
public final class ServerAddress {

    private ServerAddress() {}

    /** @throws IllegalArgumentException unless it is http or https, with a host and without credentials or query */
    public static void check(String what, URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(what + ": expected http://host or https://host, found "
                    + (scheme == null ? "no scheme" : scheme + ":"));
        }
        if (address.getUserInfo() != null || address.getQuery() != null) {
            throw new IllegalArgumentException(
                    what + ": expected neither credentials nor a query in the address of " + address.getHost());
        }
    }

    /** The address without a slash at its end. */
    public static HttpUrl url(URI address) {
        return HttpUrl.get(address.toString().replaceAll("/+$", ""));
    }
}
