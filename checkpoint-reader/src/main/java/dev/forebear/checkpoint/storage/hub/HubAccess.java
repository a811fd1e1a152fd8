package dev.forebear.checkpoint.storage.hub;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a hub is reached.
 *
 * @param endpoint http or https address of the hub
 * @param token proof of an account; null for what everybody may read
 */
public record HubAccess(URI endpoint, @Nullable Authorization token) {

    public static final URI DEFAULT_ENDPOINT = URI.create("https://huggingface.co");

    public HubAccess {
        ServerAddress.check("HF_ENDPOINT", endpoint);
    }
}
