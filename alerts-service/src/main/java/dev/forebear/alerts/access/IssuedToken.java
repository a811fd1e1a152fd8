package dev.forebear.alerts.access;

import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ApiToken;

/**
 * A token that was just made: the only time that its secret is known.
 *
 * @param token what is kept of it
 * @param secret the whole token as its owner presents it
 */
public record IssuedToken(ApiToken token, Secret secret) {

    IssuedToken(ApiToken token, TokenText text) {
        this(token, Secret.of(text.reveal()));
    }
}
