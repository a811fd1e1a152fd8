package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.runtime.Secret;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Makes a request prove who asks. */
public interface Credentials {

    Request sign(Request request);

    /** The token, alone or with the name of an account; nothing for an open API. */
    static Credentials of(RegistryApi api) {
        return of(api, api.username());
    }

    /** The token as the password of an account. */
    static Credentials of(RegistryApi api, @Nullable String username) {
        Secret token = api.token();
        if (token == null) {
            return request -> request;
        }
        Authorization authorization =
                username == null ? Authorization.bearer(token.reveal()) : Authorization.basic(username, token.reveal());
        return request -> request.newBuilder()
                .header("Authorization", authorization.header())
                .build();
    }
}
