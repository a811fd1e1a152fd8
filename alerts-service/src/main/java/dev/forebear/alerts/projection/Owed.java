package dev.forebear.alerts.projection;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Channels that the state of an alert must be told to. It travels in the headers of the alert's record, so that it is
 * written in one step with the alert: a channel that is added later owes nothing about the past, and a process that
 * dies before it has sent anything leaves its successor all it needs.
 *
 * @param channels names, sorted
 * @param since when the alert took the state
 */
public record Owed(Set<String> channels, Instant since) {

    private static final String CHANNELS_HEADER = "forebear-owed-channels";
    private static final String SINCE_HEADER = "forebear-owed-since";

    public Owed {
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
    }

    /** Reads the headers; nothing is owed when there are none or they make no sense. */
    public static Owed from(Headers headers) {
        String names = text(headers, CHANNELS_HEADER);
        try {
            return new Owed(
                    Stream.of(names.split(",")).filter(name -> !name.isEmpty()).collect(Collectors.toSet()),
                    Instant.ofEpochMilli(Long.parseLong(text(headers, SINCE_HEADER))));
        } catch (NumberFormatException e) {
            return new Owed(Set.of(), Instant.EPOCH);
        }
    }

    public void writeTo(Headers headers) {
        headers.add(CHANNELS_HEADER, String.join(",", channels).getBytes(StandardCharsets.UTF_8));
        headers.add(SINCE_HEADER, Long.toString(since.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
