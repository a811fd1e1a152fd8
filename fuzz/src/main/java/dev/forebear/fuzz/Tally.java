package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException.Reason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the files of one target. */
final class Tally {

    private static final double NANOS_IN_MILLI = 1e6;
    private static final double BYTES_IN_MEGABYTE = 1e6;

    private final Map<Reason, Long> refusals = new EnumMap<>(Reason.class);
    private long files;
    private long read;
    private long longestNanos;
    private long mostBytes;

    synchronized void add(Limits.Cost cost) {
        files++;
        if (cost.refusal() == null) {
            read++;
        } else {
            refusals.merge(cost.refusal(), 1L, Long::sum);
        }
        longestNanos = Math.max(longestNanos, cost.nanos());
        mostBytes = Math.max(mostBytes, cost.bytes());
    }

    synchronized void add(Tally other) {
        files += other.files;
        read += other.read;
        other.refusals.forEach((reason, count) -> refusals.merge(reason, count, Long::sum));
        longestNanos = Math.max(longestNanos, other.longestNanos);
        mostBytes = Math.max(mostBytes, other.mostBytes);
    }

    synchronized long files() {
        return files;
    }

    static String header() {
        return "%-12s %9s %9s %s %10s %12s"
                .formatted(
                        "",
                        "files",
                        "read",
                        Stream.of(Reason.values())
                                .map(reason -> "%11s".formatted(reason.name().toLowerCase(Locale.ROOT)))
                                .collect(Collectors.joining(" ")),
                        "slowest",
                        "allocated");
    }

    synchronized String row(String name) {
        String refused = Stream.of(Reason.values())
                .map(reason -> "%11d".formatted(refusals.getOrDefault(reason, 0L)))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "%-12s %9d %9d %s %7.1f ms %9.1f MB",
                name,
                files,
                read,
                refused,
                longestNanos / NANOS_IN_MILLI,
                mostBytes / BYTES_IN_MEGABYTE);
    }
}
