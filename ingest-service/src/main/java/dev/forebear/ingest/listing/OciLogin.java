package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.HttpRequests;
import dev.forebear.checkpoint.storage.http.Login;
import dev.forebear.checkpoint.storage.http.Meaning;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import dev.forebear.checkpoint.storage.oci.RegistryLogin;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proves to an OCI registry who asks, for each part of it a token of its own, which another server may hand out.
 * Which one that is the registry says; where it may be is judged as it is for reading.
 */
final class OciLogin implements AutoCloseable {

    private static final Backoff ONCE = new Backoff(1, Duration.ZERO);

    /** Repositories whose tokens are kept; they are listed one after another. */
    private static final int KEPT = 16;

    private final String alias;
    private final @Nullable Authorization account;
    private final HttpRequests tokens;
    private final Map<String, RegistryLogin> logins = new LinkedHashMap<>();

    OciLogin(String alias, RegistryApi api) {
        this.alias = alias;
        this.account = account(api);
        this.tokens = new HttpRequests(
                alias, ServerAddress.url(api.url()), Login.of(null), Meaning::standard, ONCE, new ReadMeter());
    }

    private static @Nullable Authorization account(RegistryApi api) {
        Secret token = api.token();
        if (token == null) {
            return null;
        }
        String username = api.username();
        return username == null ? Authorization.bearer(token.reveal()) : Authorization.basic(username, token.reveal());
    }

    /** What a request for the scope is sent with; null for nothing. A token alone is sent as it is. */
    @Nullable
    Authorization authorization(String scope) {
        RegistryLogin login = logins.get(scope);
        return login == null ? null : login.authorization();
    }

    /** Logs in as the registry's challenges say; whether asking again may help. */
    boolean renew(String scope, List<String> challenges) throws IOException {
        if (logins.size() > KEPT) {
            logins.clear();
        }
        RegistryLogin login = logins.computeIfAbsent(scope, wanted -> new RegistryLogin(alias, wanted, account));
        return login.renew(login.authorization(), challenges, tokens);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
