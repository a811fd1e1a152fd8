package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is asked what it holds, and how often.
 *
 * @param url of its API, without a path of one call, for example {@code https://mlflow.example.com}
 * @param username where it asks for one beside the token; null where it does not
 * @param token that opens it; null when it is open
 * @param scope which part of it is listed, in its own terms: owners of a hub, a project, buckets; empty for all
 * @param every how often it is listed for what no event announced
 * @param requestsPerSecond at most so many requests are made
 */
public record RegistryApi(
        URI url,
        @Nullable String username,
        @Nullable Secret token,
        List<String> scope,
        Duration every,
        double requestsPerSecond) {

    /** Often enough that a lost event is not noticed by people, seldom enough for the limits of public registries. */
    public static final Duration DEFAULT_EVERY = Duration.ofMinutes(15);

    public static final double DEFAULT_REQUESTS_PER_SECOND = 5;

    public RegistryApi {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http") || url.getHost() == null) {
            throw new IllegalArgumentException("api: expected an address such as https://host/, found '" + url + "'");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("api: expected an address without user and password");
        }
        if (every.isNegative() || every.isZero() || !(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("api: expected a positive interval and rate");
        }
        scope = List.copyOf(scope);
    }

    /** An API that is listed as often and as fast as usual. */
    public static RegistryApi of(URI url, @Nullable Secret token, List<String> scope) {
        return new RegistryApi(url, null, token, scope, DEFAULT_EVERY, DEFAULT_REQUESTS_PER_SECOND);
    }
}
