package dev.forebear.checkpoint.zip;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the directory of an archive: entries inside the file, none over another, none named twice. */
final class ZipDirectory {

    private static final int HEADER = 0x02014b50;
    private static final int HEADER_SIZE = 46;
    private static final int LOCAL_HEADER_SIZE = 30;
    private static final long SEE_EXTRA = 0xffff_ffffL;

    /** An entry for each tensor of the largest published model, with names of a hundred characters. */
    private static final int SIZE_LIMIT = 100_000_000;

    /** Encrypted, strongly encrypted or patched. */
    private static final int REFUSED_FLAGS = 0x2061;

    private final String file;
    private final ByteBuffer bytes;
    private final ZipEnd end;

    private ZipDirectory(String file, ByteBuffer bytes, ZipEnd end) {
        this.file = file;
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * Entries by name, in the order of the directory.
     *
     * @throws CheckpointException MALFORMED when the directory lies, REFUSED when it is absurdly large, UNSUPPORTED
     *     when an entry is encrypted
     */
    static Map<String, ZipEntry> read(ByteSource source) throws IOException {
        ZipEnd end = ZipEnd.read(source);
        if (end.directorySize() > SIZE_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    source.name(),
                    "directory: expected at most " + SIZE_LIMIT + " bytes, found " + end.directorySize());
        }
        var bytes = ByteBuffer.allocate((int) end.directorySize()).order(ByteOrder.LITTLE_ENDIAN);
        source.read(end.directory(), bytes);
        return new ZipDirectory(source.name(), bytes.flip(), end).entries();
    }

    private Map<String, ZipEntry> entries() throws CheckpointException {
        var entries = new ArrayList<ZipEntry>();
        while (bytes.hasRemaining()) {
            entries.add(entry());
        }
        if (entries.size() != end.entries()) {
            throw malformed("directory", end.entries() + " entries", entries.size() + "");
        }
        Map<String, ZipEntry> byName = LinkedHashMap.newLinkedHashMap(entries.size());
        for (ZipEntry entry : entries) {
            if (byName.put(entry.name(), entry) != null) {
                throw malformed("directory", "each entry once", entry.name() + " twice");
            }
        }
        for (ZipEntry entry : bounded(entries)) {
            byName.put(entry.name(), entry);
        }
        return byName;
    }

    private ZipEntry entry() throws CheckpointException {
        int start = bytes.position();
        if (bytes.remaining() < HEADER_SIZE || bytes.getInt(start) != HEADER) {
            throw malformed("directory", "an entry at byte " + start, "none");
        }
        int nameSize = unsigned(start + 28);
        int extraSize = unsigned(start + 30);
        int size = HEADER_SIZE + nameSize + extraSize + unsigned(start + 32);
        if (bytes.remaining() < size) {
            throw malformed("directory", size + " bytes for the entry at byte " + start, bytes.remaining() + "");
        }
        String name = new String(bytes.array(), start + HEADER_SIZE, nameSize, StandardCharsets.UTF_8);
        if ((unsigned(start + 8) & REFUSED_FLAGS) != 0) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, file, name + ": expected plain bytes, found encrypted ones");
        }
        if (unsigned(start + 34) != 0 && unsigned(start + 34) != 0xffff) {
            throw malformed(name, "an archive of one file", "one of several");
        }
        var wide = new WideSizes(name, start + HEADER_SIZE + nameSize, extraSize);
        long length = wide.or(Integer.toUnsignedLong(bytes.getInt(start + 24)));
        long stored = wide.or(Integer.toUnsignedLong(bytes.getInt(start + 20)));
        long header = wide.or(Integer.toUnsignedLong(bytes.getInt(start + 42)));
        var entry = new ZipEntry(name, unsigned(start + 10), stored, length, header, 0);
        if (entry.isStored() && stored != length) {
            throw malformed(name, "as many stored bytes as its " + length, stored + "");
        }
        bytes.position(start + size);
        return entry;
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    /** Entries with the room that they have, in the order in which they lie. */
    private List<ZipEntry> bounded(List<ZipEntry> entries) throws CheckpointException {
        List<ZipEntry> ordered = entries.stream()
                .sorted(Comparator.comparingLong(ZipEntry::header).reversed())
                .toList();
        var bounded = new ArrayList<ZipEntry>();
        long before = end.directory();
        for (ZipEntry entry : ordered) {
            long room = before - entry.header() - LOCAL_HEADER_SIZE;
            if (entry.header() < 0 || room < 0 || entry.storedSize() < 0 || entry.storedSize() > room) {
                throw malformed(
                        entry.name(),
                        "to end before byte " + before + " where something else begins",
                        entry.storedSize() + " bytes after its header at " + Long.toUnsignedString(entry.header()));
            }
            bounded.add(entry.endingBefore(before));
            before = entry.header();
        }
        return bounded;
    }

    private CheckpointException malformed(String where, String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, file, where + ": expected " + expected + ", found " + found);
    }

    /** Sizes of 64 bits, each present only where the size of 32 bits says so. */
    private final class WideSizes {

        private static final int ID = 1;

        private final String name;
        private int next;
        private int left;

        WideSizes(String name, int extra, int extraSize) {
            this.name = name;
            int at = extra;
            while (at + 4 <= extra + extraSize) {
                int size = Math.min(unsigned(at + 2), extra + extraSize - at - 4);
                if (unsigned(at) == ID) {
                    next = at + 4;
                    left = size;
                    return;
                }
                at += 4 + size;
            }
        }

        long or(long narrow) throws CheckpointException {
            if (narrow != SEE_EXTRA) {
                return narrow;
            }
            if (left < Long.BYTES) {
                throw malformed(name, "a size of 64 bits", "none");
            }
            long wide = bytes.getLong(next);
            next += Long.BYTES;
            left -= Long.BYTES;
            return wide;
        }
    }
}
