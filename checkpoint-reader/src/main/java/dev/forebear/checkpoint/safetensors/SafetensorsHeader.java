package dev.forebear.checkpoint.safetensors;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file. What a file must be, each point checked before anything that depends on it is
 * allocated or read:
 *
 * <ul>
 *   <li>The file MUST begin with an unsigned 64-bit little-endian integer N, the length of the header.
 *   <li>N MUST be at most 100,000,000, so that a header cannot exhaust memory, and 8 + N MUST lie within the file.
 *   <li>The header MUST begin with <code>{</code>, be one JSON object in valid UTF-8, and MAY end in white space, with
 *       which writers align the data.
 *   <li>A key MUST NOT occur twice: two readers could each take another one.
 *   <li>The key {@code __metadata__} MAY occur; its value MUST be an object whose values are strings.
 *   <li>Every other key names a tensor; its value MUST hold {@code dtype}, {@code shape} and {@code data_offsets}.
 *   <li>The dtype MUST be one of {@link dev.forebear.checkpoint.Dtype}. The shape MUST be a list of non-negative
 *       integers, empty for a scalar; a dimension of zero is allowed. Their product times the bits of the dtype MUST
 *       fit a signed 64-bit integer, and MUST fill whole bytes.
 *   <li>The offsets MUST be two non-negative integers, begin and end, counted from the end of the header, with begin
 *       not after end and end − begin equal to the size that dtype and shape give.
 *   <li>The data MUST be covered exactly: in the order of their offsets every tensor begins where the one before it
 *       ends, the first at 0, the last ends with the file. No overlap, since one byte would be two values; no holes and
 *       nothing after the end, since a file could carry something else there.
 * </ul>
 *
 * @param entries tensors in the order of their offsets
 * @param metadata free text of the writer
 * @param dataStart offset in the file that tensor offsets count from
 * @see <a href="https://github.com/huggingface/safetensors#format">safetensors, format</a>
 */
record SafetensorsHeader(List<TensorEntry> entries, Map<String, String> metadata, long dataStart) {

    static final int LENGTH_LIMIT = 100_000_000;
    private static final int PREFIX = Long.BYTES;

    SafetensorsHeader {
        entries = List.copyOf(entries);
        metadata = Map.copyOf(metadata);
    }

    /** @throws CheckpointException MALFORMED, naming the first point that the file violates */
    static SafetensorsHeader read(ByteSource source) throws IOException {
        int length = length(source);
        var bytes = new byte[length];
        source.read(PREFIX, ByteBuffer.wrap(bytes));
        if (length == 0 || bytes[0] != '{') {
            throw malformed(
                    source,
                    "header: expected { at its beginning, found "
                            + (length == 0 ? "no header" : "byte 0x%02x".formatted(bytes[0])));
        }
        HeaderParser.Content content = HeaderParser.parse(source.name(), bytes);
        List<TensorEntry> ordered = content.entries().stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        long dataStart = PREFIX + (long) length;
        checkCoverage(source, ordered, source.size() - dataStart);
        return new SafetensorsHeader(ordered, content.metadata(), dataStart);
    }

    private static int length(ByteSource source) throws IOException {
        if (source.size() < PREFIX) {
            throw malformed(source, "header length: expected 8 bytes, found a file of " + source.size());
        }
        var prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
        source.read(0, prefix);
        long length = prefix.flip().getLong();
        if (length < 0 || length > LENGTH_LIMIT) {
            throw malformed(
                    source,
                    "header length: expected at most " + LENGTH_LIMIT + ", found " + Long.toUnsignedString(length));
        }
        if (length > source.size() - PREFIX) {
            throw malformed(
                    source,
                    "header length: expected at most the " + (source.size() - PREFIX) + " bytes that follow, found "
                            + length);
        }
        return (int) length;
    }

    private static void checkCoverage(ByteSource source, List<TensorEntry> ordered, long dataSize)
            throws CheckpointException {
        long next = 0;
        for (TensorEntry entry : ordered) {
            if (entry.begin() > next) {
                throw malformed(
                        source,
                        "tensor %s: expected to begin at %d where the one before it ends, found %d, "
                                        .formatted(entry.name(), next, entry.begin())
                                + "a hole");
            }
            if (entry.begin() < next) {
                throw malformed(
                        source,
                        "tensor %s: expected to begin at %d where the one before it ends, found %d, "
                                        .formatted(entry.name(), next, entry.begin())
                                + "an overlap");
            }
            next = entry.end();
        }
        if (next != dataSize) {
            throw malformed(source, "data: expected " + next + " bytes after the header, found " + dataSize);
        }
    }

    private static CheckpointException malformed(ByteSource source, String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), message);
    }
}
