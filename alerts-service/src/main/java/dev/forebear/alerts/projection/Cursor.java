package dev.forebear.alerts.projection;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The last item of a page, after which the next one begins. Its text is opaque to clients. */
public record Cursor(Instant at, String id) {

    private static final int MAX_LENGTH = 4_000;

    /** @throws IllegalArgumentException when no page handed this text out */
    public static Cursor parse(String text) {
        try {
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("too long");
            }
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return new Cursor(
                    Instant.ofEpochMilli(Long.parseLong(decoded, 0, Math.max(0, colon), 10)),
                    decoded.substring(colon + 1));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("cursor: expected the value of an earlier answer's 'next'", e);
        }
    }

    @Override
    public String toString() {
        byte[] bytes = (at.toEpochMilli() + ":" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
