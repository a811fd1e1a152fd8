package dev.forebear.checkpoint.storage.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Proof of who asks, as it is sent. Does not show itself.
 *
 * @param header value of the header {@code Authorization}
 */
public record Authorization(String header) {

    public Authorization {
        if (!header.chars().allMatch(character -> character >= ' ' && character < 127)) {
            throw new IllegalArgumentException("authorization: expected printable characters, found others");
        }
    }

    public static Authorization bearer(String token) {
        return new Authorization("Bearer " + token);
    }

    public static Authorization basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Authorization("Basic " + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public String toString() {
        return "***";
    }
}
