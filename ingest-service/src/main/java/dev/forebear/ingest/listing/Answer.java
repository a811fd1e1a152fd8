package dev.forebear.ingest.listing;

import dev.forebear.ingest.sender.NotUnderstoodException;
import dev.forebear.ingest.sender.Payload;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a registry answered.
 *
 * @param call that it answers, for messages
 * @param url that was asked
 * @param body not to be changed
 */
public record Answer(String call, HttpUrl url, int status, Headers headers, byte[] body) {

    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,]*\\brel=\"?next\"?");

    /** The same answer, which must be a success. */
    public Answer expectSuccess() throws ListingException {
        if (status == 200) {
            return this;
        }
        String location = headers.get("Location");
        HttpUrl elsewhere = location == null ? null : url.resolve(location);
        String found = elsewhere == null ? "" : " to " + elsewhere.host();
        String expected =
                switch (status) {
                    case 401 -> "access, which needs another token";
                    case 403 -> "access";
                    default -> "an answer";
                };
        throw new ListingException(status, call, expected, status + found);
    }

    /** The JSON object that it holds. */
    public Payload object() throws ListingException {
        Payload value = json();
        if (!value.node().isObject()) {
            throw new ListingException(0, call, "a JSON object", "another value");
        }
        return value;
    }

    /** The JSON value that it holds. */
    Payload json() throws ListingException {
        try {
            return Payload.parse(body);
        } catch (NotUnderstoodException e) {
            throw new ListingException(0, call, "JSON", "something else: " + e.getMessage());
        }
    }

    /**
     * The query of the page that {@code Link} names as the next one (RFC 8288); null when there is none.
     *
     * @throws ListingException unless that is a page of what was asked
     */
    @Nullable
    String next() throws ListingException {
        for (String header : headers.values("Link")) {
            Matcher link = NEXT.matcher(header);
            if (link.find()) {
                return next(link.group(1));
            }
        }
        return null;
    }

    /** As {@link #next()}, of a link that stands in the answer itself. */
    String next(String link) throws ListingException {
        HttpUrl next = url.resolve(link);
        boolean same = next != null
                && next.scheme().equals(url.scheme())
                && next.host().equals(url.host())
                && next.port() == url.port()
                && next.encodedPath().equals(url.encodedPath());
        String query = next == null ? null : next.encodedQuery();
        if (!same || query == null) {
            throw new ListingException(0, call, "the next page at " + url.host() + url.encodedPath(), "it elsewhere");
        }
        return query;
    }
}
