package dev.forebear.alerts.access;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.ApiToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as the API shows it; times are ISO-8601. */
record TokenView(
        String id,
        String name,
        String role,
        String createdBy,
        String createdAt,
        @Nullable String expiresAt,
        @Nullable String revokedBy,
        @Nullable String revokedAt) {

    static TokenView of(ApiToken token) {
        return new TokenView(
                token.getTokenId(),
                token.getName(),
                Words.of(token.getRole()),
                token.getCreatedBy(),
                token.getCreatedAt().toString(),
                text(token.getExpiresAt()),
                token.getRevokedBy(),
                text(token.getRevokedAt()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
