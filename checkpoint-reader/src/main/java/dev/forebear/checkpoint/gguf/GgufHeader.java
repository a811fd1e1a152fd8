package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The header of a GGUF file of version 2 or 3, little-endian. What a file must be, each point checked before anything
 * that depends on it is allocated or read:
 *
 * <ul>
 *   <li>It MUST begin with {@code GGUF} and its version, then the numbers of tensors and of metadata pairs, both no
 *       more than the file has room for.
 *   <li>Keys and names of tensors MUST NOT occur twice.
 *   <li>{@code general.alignment} MAY say what offsets are multiples of; it MUST be a power of two up to 65,536.
 *   <li>A tensor MUST have up to four dimensions, the fastest first, that fill whole blocks of its type row by row, and
 *       whose product fits 63 bits.
 *   <li>Tensors MUST follow each other without overlap or gap but for alignment, the first at the first aligned byte
 *       after the header, and the last MUST end within the file.
 * </ul>
 *
 * @param entries tensors in the order of their offsets
 * @param dataStart offset in the file that tensor offsets count from
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>
 */
record GgufHeader(Metadata metadata, List<GgufEntry> entries, long dataStart) {

    private static final int MAGIC = 0x46554747;
    private static final int TENSORS_LIMIT = 500_000;
    private static final int NAME_LIMIT = 65_535;
    private static final int DIMENSIONS_LIMIT = 4;
    private static final int USUAL_ALIGNMENT = 32;
    private static final int ALIGNMENT_LIMIT = 1 << 16;

    /** Bytes of the shortest description of a tensor. */
    private static final int ENTRY_BYTES = 24;

    GgufHeader {
        entries = List.copyOf(entries);
    }

    /** @throws CheckpointException MALFORMED, or UNSUPPORTED for another version, naming the first point violated */
    static GgufHeader read(ByteSource source) throws IOException {
        var input = new GgufInput(source);
        if (input.i32("file") != MAGIC) {
            throw input.malformed("expected GGUF at the beginning, found other bytes");
        }
        int version = input.i32("version");
        if (version != 2 && version != 3) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    source.name(),
                    "expected GGUF of version 2 or 3, found " + Integer.toUnsignedString(version));
        }
        int tensors = input.count("tensors", ENTRY_BYTES, TENSORS_LIMIT);
        int pairs = MetadataParser.count(input);
        Metadata metadata = new MetadataParser(input, source.name()).parse(pairs);
        List<GgufEntry> entries = entries(input, source.name(), tensors);
        long alignment = alignment(metadata, input);
        long dataStart = align(input.position(), alignment);
        List<GgufEntry> ordered = entries.stream()
                .sorted(Comparator.comparingLong(GgufEntry::offset).thenComparingLong(GgufEntry::bytes))
                .toList();
        checkCoverage(input, ordered, source.size() - dataStart, alignment);
        return new GgufHeader(metadata, ordered, dataStart);
    }

    private static List<GgufEntry> entries(GgufInput input, String file, int count) throws IOException {
        var entries = new ArrayList<GgufEntry>();
        var names = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            String name = input.string("tensor " + i, NAME_LIMIT);
            if (!names.add(name)) {
                throw input.malformed("expected each tensor once, found " + name + " twice");
            }
            entries.add(entry(input, file, name));
        }
        return entries;
    }

    private static GgufEntry entry(GgufInput input, String file, String name) throws IOException {
        String where = "tensor " + name;
        int dimensions = input.i32(where);
        if (dimensions < 0 || dimensions > DIMENSIONS_LIMIT) {
            throw input.malformed(where + ": expected at most " + DIMENSIONS_LIMIT + " dimensions, found "
                    + Integer.toUnsignedString(dimensions));
        }
        var shape = new ArrayList<Long>();
        for (int i = 0; i < dimensions; i++) {
            shape.addFirst(input.i64(where));
        }
        GgmlType type = GgmlType.of(input.i32(where), file, where);
        return GgufEntry.checked(input, name, type, shape, input.i64(where));
    }

    private static long alignment(Metadata metadata, GgufInput input) throws CheckpointException {
        if (!metadata.values().containsKey("general.alignment")) {
            return USUAL_ALIGNMENT;
        }
        Integer alignment = metadata.integer("general.alignment");
        if (alignment == null || alignment < 1 || alignment > ALIGNMENT_LIMIT || Integer.bitCount(alignment) != 1) {
            throw input.malformed("general.alignment: expected a power of two up to " + ALIGNMENT_LIMIT + ", found "
                    + metadata.values().get("general.alignment"));
        }
        return alignment;
    }

    private static void checkCoverage(GgufInput input, List<GgufEntry> ordered, long size, long alignment)
            throws CheckpointException {
        long expected = 0;
        for (GgufEntry entry : ordered) {
            if (entry.offset() != expected) {
                throw input.malformed(
                        "tensor " + entry.name() + ": expected at offset " + expected + ", found " + entry.offset());
            }
            if (entry.bytes() > size - expected) {
                throw input.malformed("tensor " + entry.name() + ": expected " + entry.bytes() + " bytes at offset "
                        + expected + ", found the end of the file");
            }
            expected = align(expected + entry.bytes(), alignment);
        }
    }

    private static long align(long offset, long alignment) {
        return Math.ceilDiv(offset, alignment) * alignment;
    }
}
