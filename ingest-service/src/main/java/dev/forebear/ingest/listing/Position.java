package dev.forebear.ingest.listing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A page within a registry. Its text is for the listing that made it only.
 *
 * @param part that is listed
 * @param token as the registry named the page; empty for the first
 */
record Position(String part, String token) {

    private static final int MAX_LENGTH = 8192;

    /** @throws IllegalArgumentException for what is no position */
    static Position parse(String text) {
        int end = text.indexOf('?');
        if (end < 0) {
            throw new IllegalArgumentException("expected a position of a listing, found '" + Line.of(text) + "'");
        }
        return new Position(URLDecoder.decode(text.substring(0, end), StandardCharsets.UTF_8), text.substring(end + 1));
    }

    /** Whether it is short enough to be kept. */
    boolean isBounded() {
        return toString().length() <= MAX_LENGTH;
    }

    @Override
    public String toString() {
        return URLEncoder.encode(part, StandardCharsets.UTF_8) + "?" + token;
    }
}
