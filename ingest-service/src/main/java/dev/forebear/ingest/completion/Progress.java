package dev.forebear.ingest.completion;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What was published of a partition. The committed offset is that of the oldest change that waits; its metadata says
 * which folders after it were published all the same, so that one that waits long does not make a restarted process
 * publish the others again.
 *
 * @param committed everything before is published
 * @param upTo everything before is published but for the folders that wait
 * @param waiting offsets of the oldest waiting changes of folders, ascending
 */
record Progress(long committed, long upTo, List<Long> waiting) {

    /** Nothing was published yet. */
    static final Progress NONE = new Progress(0, 0, List.of());

    /** Brokers take 4,096 bytes unless configured otherwise; an offset is written in at most 20. */
    static final int MAX_WAITING = 150;

    private static final Pattern METADATA = Pattern.compile("(\\d{1,18})((?:,\\d{1,18}){0," + MAX_WAITING + "})");

    Progress {
        waiting = List.copyOf(waiting);
    }

    /**
     * The progress of a partition.
     *
     * @param position up to which it was read
     * @param waiting offsets of the oldest waiting changes of folders, in any order
     */
    static Progress of(long position, Collection<Long> waiting) {
        var ascending = new TreeSet<>(waiting);
        if (ascending.isEmpty()) {
            return new Progress(position, position, List.of());
        }
        List<Long> told = ascending.stream().limit(MAX_WAITING).toList();
        long upTo = ascending.stream().skip(MAX_WAITING).findFirst().orElse(position);
        return new Progress(ascending.first(), upTo, told);
    }

    /** As it was committed; metadata that somebody else wrote say nothing. */
    static Progress of(@Nullable OffsetAndMetadata committed) {
        if (committed == null) {
            return NONE;
        }
        var metadata = METADATA.matcher(committed.metadata());
        if (!metadata.matches()) {
            return new Progress(committed.offset(), committed.offset(), List.of());
        }
        List<Long> waiting = Pattern.compile(",")
                .splitAsStream(metadata.group(2))
                .filter(text -> !text.isEmpty())
                .map(Long::valueOf)
                .toList();
        return new Progress(committed.offset(), Long.parseLong(metadata.group(1)), waiting);
    }

    /** As it is committed. */
    OffsetAndMetadata committable() {
        String offsets = waiting.stream().map(offset -> "," + offset).collect(Collectors.joining());
        return new OffsetAndMetadata(committed, upTo + offsets);
    }

    /** Whether what follows from a change was published, if no older change of its folder waits. */
    boolean isTold(long offset) {
        return offset < committed || offset < upTo && !waiting.contains(offset);
    }
}
