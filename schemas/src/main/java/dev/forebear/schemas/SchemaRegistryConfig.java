package dev.forebear.schemas;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a schema registry with the Confluent REST API.
 *
 * @param urls base addresses of equal servers, asked in this order; {@code http} or {@code https}
 * @param tls trust and keys for {@code https}; null for those of the JVM
 * @param timeout of one request to one server
 * @param attempts how often all servers are asked before a call fails, at least 1
 */
public record SchemaRegistryConfig(
        List<URI> urls, Credentials credentials, @Nullable SSLContext tls, Duration timeout, int attempts) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final int DEFAULT_ATTEMPTS = 3;

    public SchemaRegistryConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("schema registry: expected at least one URL, found none");
        }
        urls.forEach(SchemaRegistryConfig::requireHttp);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("schema registry: expected a positive timeout, found " + timeout);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("schema registry: expected at least 1 attempt, found " + attempts);
        }
    }

    /** Servers that ask for no credentials. */
    public static SchemaRegistryConfig of(URI... urls) {
        return of(List.of(urls), new Credentials.None());
    }

    /** Servers with the JVM's trust, a timeout of 10 s and three attempts. */
    public static SchemaRegistryConfig of(List<URI> urls, Credentials credentials) {
        return new SchemaRegistryConfig(urls, credentials, null, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS);
    }

    private static void requireHttp(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "schema registry: expected http(s)://host[:port][/path], found a URL of scheme '" + url.getScheme()
                            + "' and host '" + url.getHost() + "'"
                            + (url.getUserInfo() == null ? "" : " with credentials"));
        }
    }
}
