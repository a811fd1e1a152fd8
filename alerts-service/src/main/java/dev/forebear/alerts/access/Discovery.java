package dev.forebear.alerts.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself: where to ask and by which keys it signs. Asked for when it is needed, so that a
 * provider which is down at our start is no reason not to start. Thread-safe.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 */
final class Discovery {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final int MAX_KEYS_BYTES = 256 * 1024;
    /**
     * Keys of an unknown name are asked for at once, but not more often than this: tokens of others name what they
     * like.
     */
    private static final Duration KEYS_NOT_BEFORE = Duration.ofSeconds(10);

    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);
    /** Clocks of servers differ by seconds. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final Issuer issuer;
    private final ClientID client;
    private final InstantSource clock;
    private @Nullable Provider known;
    private Instant freshUntil = Instant.MIN;

    Discovery(URI issuer, ClientID client, InstantSource clock) {
        this.issuer = new Issuer(issuer);
        this.client = client;
        this.clock = clock;
    }

    /**
     * A provider that was found.
     *
     * @param idTokens checks what it signs
     */
    record Provider(OIDCProviderMetadata metadata, IDTokenValidator idTokens) {}

    /** The provider as it described itself within the last hour, or before when it cannot be reached now. */
    synchronized Provider provider() throws ProviderException {
        Instant now = clock.instant();
        if (known == null || !now.isBefore(freshUntil)) {
            try {
                known = found();
            } catch (ProviderException e) {
                if (known == null) {
                    throw e;
                }
            }
            freshUntil = now.plus(FRESH);
        }
        return known;
    }

    /** Bounds how long a request may take, and follows nobody elsewhere. */
    static void limit(HTTPRequest request) {
        request.setConnectTimeout((int) TIMEOUT.toMillis());
        request.setReadTimeout((int) TIMEOUT.toMillis());
        request.setFollowRedirects(false);
    }

    private Provider found() throws ProviderException {
        try {
            var metadata = OIDCProviderMetadata.resolve(issuer, Discovery::limit);
            for (URI endpoint : endpoints(metadata)) {
                requireSafe(endpoint);
            }
            return new Provider(metadata, validator(metadata));
        } catch (IOException e) {
            throw new ProviderException(issuer + " cannot be reached", e);
        } catch (GeneralException e) {
            throw new ProviderException(issuer + " does not describe itself as OpenID Connect asks", e);
        }
    }

    private IDTokenValidator validator(OIDCProviderMetadata metadata) throws MalformedURLException {
        var retriever =
                new DefaultResourceRetriever((int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), MAX_KEYS_BYTES);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(), retriever)
                .cache(KEYS_FRESH.toMillis(), TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_NOT_BEFORE.toMillis())
                .build();
        var validator = new IDTokenValidator(
                issuer, client, new JWSVerificationKeySelector<>(algorithms(metadata), keys), null);
        validator.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        return validator;
    }

    // Public keys only: with a shared secret, whoever may check could sign, and "none" signs nothing.
    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.SIGNATURE);
        List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
        if (offered != null) {
            algorithms.retainAll(offered);
        }
        return algorithms.isEmpty() ? Set.of(JWSAlgorithm.RS256) : algorithms;
    }

    private static List<URI> endpoints(OIDCProviderMetadata metadata) throws ProviderException {
        URI authorization = metadata.getAuthorizationEndpointURI();
        URI token = metadata.getTokenEndpointURI();
        URI keys = metadata.getJWKSetURI();
        if (authorization == null || token == null || keys == null) {
            throw new ProviderException("the provider names no authorization, token or key endpoint", null);
        }
        return List.of(authorization, token, keys);
    }

    private static void requireSafe(URI endpoint) throws ProviderException {
        boolean local = endpoint.getHost() != null && Loopback.isHost(endpoint.getHost());
        if (!"https".equals(endpoint.getScheme()) && !local) {
            throw new ProviderException(
                    "expected endpoints of the provider by https, found one by " + endpoint.getScheme(), null);
        }
    }
}
