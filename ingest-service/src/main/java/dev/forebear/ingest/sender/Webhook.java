package dev.forebear.ingest.sender;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param headers by name, in whatever case they came
 * @param query parameters of the address, decoded; of repeated ones the first
 * @param body the raw bytes; shared, not to be changed
 * @param receivedAt by the clock of this service
 */
public record Webhook(Map<String, String> headers, Map<String, String> query, byte[] body, Instant receivedAt) {

    public Webhook {
        var insensitive = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        insensitive.putAll(headers);
        headers = insensitive;
        query = Map.copyOf(query);
    }

    /** A request to an address without parameters. */
    public Webhook(Map<String, String> headers, byte[] body, Instant receivedAt) {
        this(headers, Map.of(), body, receivedAt);
    }

    /** Value of a header, or null when it did not come. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The media type in lower case without parameters, or an empty text. */
    String mediaType() {
        String type = headers.getOrDefault("Content-Type", "");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
