package dev.forebear.checkpoint.storage.http;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.http.PublicAddress.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where answers of a server may lead. The server itself is the operator's choice; whatever it names is not: that must
 * be as encrypted as the server is, and no address of a private network unless the server is in one. Names are looked
 * up here, and the connection goes to the very addresses that were checked.
 */
final class Destinations implements Dns {

    /** What the HTTP client takes for an address, and does not look up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[\\d.]+");

    private final HttpUrl endpoint;
    private final Dns names;

    Destinations(HttpUrl endpoint, Dns names) {
        this.endpoint = endpoint;
        this.names = names;
    }

    /** A name whose address must not be asked. */
    static final class RefusedAddress extends UnknownHostException {

        RefusedAddress(String message) {
            super(message);
        }
    }

    boolean isEndpoint(HttpUrl url) {
        return sameOrigin(endpoint, url);
    }

    static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    /** Where a redirect leads; REFUSED when it must not be followed. */
    HttpUrl next(String name, HttpUrl from, @Nullable String location) throws CheckpointException {
        HttpUrl next = location == null ? null : from.resolve(location);
        if (next == null) {
            throw refused(name, "expected a redirect to an http address, found none");
        }
        check(name, next);
        return next;
    }

    /** @throws CheckpointException REFUSED when a server must not send us there */
    void check(String name, HttpUrl url) throws CheckpointException {
        if (isEndpoint(url)) {
            return;
        }
        if (!url.isHttps() && endpoint.isHttps()) {
            throw refused(name, "expected an https address, found http://" + url.host());
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw refused(name, "expected an address without credentials, found some for " + url.host());
        }
        if (LITERAL.matcher(url.host()).matches()) {
            try {
                permitted(url.host(), List.of(InetAddress.getByName(url.host())));
            } catch (UnknownHostException forbidden) {
                throw refused(name, String.valueOf(forbidden.getMessage()));
            }
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.lookup(host);
        return host.equals(endpoint.host()) ? addresses : permitted(host, addresses);
    }

    private List<InetAddress> permitted(String host, List<InetAddress> addresses) throws UnknownHostException {
        for (InetAddress address : addresses) {
            Reach reach = PublicAddress.of(address);
            if (reach == Reach.NEVER || (reach == Reach.PRIVATE && !endpointIsPrivate())) {
                throw new RefusedAddress("expected an address of the public internet behind " + host
                        + ", found one that is not: " + address.getHostAddress());
            }
        }
        return addresses;
    }

    private boolean endpointIsPrivate() throws UnknownHostException {
        for (InetAddress address : names.lookup(endpoint.host())) {
            if (PublicAddress.of(address) == Reach.PUBLIC) {
                return false;
            }
        }
        return true;
    }

    private static CheckpointException refused(String name, String message) {
        return new CheckpointException(Reason.REFUSED, name, "redirect: " + message);
    }
}
