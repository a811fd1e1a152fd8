package dev.forebear.alerts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far the decisions on the models of a partition have come in what does not lie in that partition. It is kept with
 * the committed offset, so that it goes where the partition goes.
 *
 * @param applications when the latest application of the policy was asked for that is done
 * @param reports next offset of each partition of the reports in which reports on ancestors were not looked at yet
 */
record Bookmark(Instant applications, Map<Integer, Long> reports) {

    /** What a broker keeps with an offset unless configured otherwise. */
    private static final int MAX_LENGTH = 4_096;

    Bookmark {
        reports = Map.copyOf(reports);
    }

    /** Reads a text; empty when it is none of ours. */
    static Optional<Bookmark> parse(String text) {
        try {
            String[] parts = text.split(" ", -1);
            Map<Integer, Long> reports = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] position = parts[i].split(":", 2);
                reports.put(Integer.parseInt(position[0]), Long.parseLong(position[1]));
            }
            return Optional.of(new Bookmark(Instant.ofEpochMilli(Long.parseLong(parts[0])), reports));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Empty when it would be too long: whoever takes over then goes on from where the topics end. */
    String text() {
        String text = applications.toEpochMilli()
                + new TreeMap<>(reports)
                        .entrySet().stream()
                                .map(position -> " " + position.getKey() + ":" + position.getValue())
                                .collect(Collectors.joining());
        return text.length() > MAX_LENGTH ? "" : text;
    }
}
