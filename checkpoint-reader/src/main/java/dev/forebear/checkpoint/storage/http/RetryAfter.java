package dev.forebear.checkpoint.storage.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The pause that a busy server asks for. */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * Reads {@code Retry-After} (RFC 9110, section 10.2.3).
     *
     * @return the pause, never negative; null without the header or when it is none
     */
    public static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration pause = Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
