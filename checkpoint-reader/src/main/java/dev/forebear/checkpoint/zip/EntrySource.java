package dev.forebear.checkpoint.zip;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.plan.DryRun;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Distance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stored bytes of one entry. They begin after the entry's own header, whose length only that header says. */
final class EntrySource implements ByteSource {

    private static final int HEADER = 0x04034b50;
    private static final int HEADER_SIZE = 30;
    private static final int EXTRA_HEADER_SIZE = 4;
    private static final long ALIGNMENT = 64;

    private final ByteSource archive;
    private final ZipEntry entry;
    private long start = -1;
    private @Nullable DryRun headerNotedIn;

    EntrySource(ByteSource archive, ZipEntry entry) {
        this.archive = archive;
        this.entry = entry;
    }

    @Override
    public String name() {
        return archive.name() + ": " + entry.name();
    }

    @Override
    public long size() {
        return entry.storedSize();
    }

    @Override
    public Distance distance() {
        return archive.distance();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset > size() || target.remaining() > size() - offset) {
            throw malformed("a range within " + size() + " bytes", target.remaining() + " bytes at " + offset);
        }
        archive.read(start() + offset, target);
    }

    private synchronized long start() throws IOException {
        DryRun dryRun = DryRun.current();
        if (start < 0 && dryRun != null) {
            return likelyStart(dryRun);
        }
        if (start < 0) {
            byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            long room = entry.end() - entry.header();
            if (HEADER_SIZE + (long) name.length + size() > room) {
                throw malformed("header, name and data within " + room + " bytes", "more");
            }
            var header = ByteBuffer.allocate(HEADER_SIZE + name.length).order(ByteOrder.LITTLE_ENDIAN);
            archive.read(entry.header(), header);
            start = entry.header() + headerSize(header.flip(), name, room);
        }
        return start;
    }

    // PyTorch puts data at the next multiple of 64 after a header whose extra field says that it is padding. What is
    // planned from there takes the header along.
    private long likelyStart(DryRun dryRun) throws IOException {
        int headerSize = HEADER_SIZE + entry.name().getBytes(StandardCharsets.UTF_8).length;
        if (dryRun != headerNotedIn) {
            archive.read(entry.header(), ByteBuffer.allocate(headerSize));
            headerNotedIn = dryRun;
        }
        long unpadded = entry.header() + headerSize + EXTRA_HEADER_SIZE;
        return Math.min(Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT, entry.end() - size());
    }

    private int headerSize(ByteBuffer header, byte[] name, long room) throws CheckpointException {
        boolean same = header.getInt(0) == HEADER
                && Short.toUnsignedInt(header.getShort(8)) == entry.method()
                && Short.toUnsignedInt(header.getShort(26)) == name.length
                && Arrays.equals(header.array(), HEADER_SIZE, HEADER_SIZE + name.length, name, 0, name.length);
        if (!same) {
            throw malformed("the header that the directory tells of at " + entry.header(), "another");
        }
        int size = HEADER_SIZE + name.length + Short.toUnsignedInt(header.getShort(28));
        if (size + size() > room) {
            throw malformed("to end before byte " + entry.end() + " where something else begins", "an overlap");
        }
        return size;
    }

    private CheckpointException malformed(String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, name(), "expected " + expected + ", found " + found);
    }
}
