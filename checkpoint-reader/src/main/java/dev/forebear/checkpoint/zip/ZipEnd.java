package dev.forebear.checkpoint.zip;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The end of an archive, which says where its directory is.
 *
 * <pre>
 *   entries | directory | zip64 end (56) | zip64 locator (20) | end (22)
 *                         ------------- only some ------------
 * </pre>
 *
 * Nothing may lie between or after these: readers that search for the end from different sides would then find
 * different directories.
 *
 * @param directory offset of the directory
 * @param directorySize its bytes
 * @param entries how many it lists
 */
record ZipEnd(long directory, long directorySize, long entries) {

    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_SIZE = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_SIZE = 56;

    /** @throws CheckpointException MALFORMED when the file does not end as an archive does */
    static ZipEnd read(ByteSource source) throws IOException {
        if (source.size() < END_SIZE) {
            throw malformed(source, "an end of " + END_SIZE + " bytes", "a file of " + source.size());
        }
        ByteBuffer end = bytes(source, source.size() - END_SIZE, END_SIZE);
        if (end.getInt(0) != END || end.getShort(20) != 0) {
            throw malformed(source, "the end of a zip archive without a comment", "something else");
        }
        long position = source.size() - END_SIZE;
        var said = new ZipEnd(
                Integer.toUnsignedLong(end.getInt(16)),
                Integer.toUnsignedLong(end.getInt(12)),
                Short.toUnsignedLong(end.getShort(10)));
        if (position >= LOCATOR_SIZE) {
            ByteBuffer locator = bytes(source, position - LOCATOR_SIZE, LOCATOR_SIZE);
            if (locator.getInt(0) == LOCATOR) {
                return said.extended(source, locator.getLong(8), position - LOCATOR_SIZE);
            }
        }
        return said.before(source, position);
    }

    private ZipEnd extended(ByteSource source, long offset, long locator) throws IOException {
        if (offset != locator - END_64_SIZE || offset < 0) {
            throw malformed(source, "the zip64 end right before its locator at " + locator, offset + "");
        }
        ByteBuffer end = bytes(source, offset, END_64_SIZE);
        if (end.getInt(0) != END_64 || end.getLong(4) != END_64_SIZE - 12) {
            throw malformed(source, "a zip64 end of " + END_64_SIZE + " bytes", "something else");
        }
        var wide = new ZipEnd(end.getLong(48), end.getLong(40), end.getLong(32));
        boolean agrees = agrees(directory, wide.directory, 0xffff_ffffL)
                && agrees(directorySize, wide.directorySize, 0xffff_ffffL)
                && agrees(entries, wide.entries, 0xffff);
        if (!agrees) {
            throw malformed(source, "both ends of the archive to agree", this + " and " + wide);
        }
        return wide.before(source, offset);
    }

    private static boolean agrees(long narrow, long wide, long seeWide) {
        return narrow == wide || narrow == seeWide;
    }

    private ZipEnd before(ByteSource source, long end) throws CheckpointException {
        if (directory < 0 || directorySize < 0 || directory > end || end - directory != directorySize) {
            throw malformed(
                    source,
                    "a directory that ends at " + end,
                    directorySize + " bytes at " + Long.toUnsignedString(directory));
        }
        return this;
    }

    private static ByteBuffer bytes(ByteSource source, long offset, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        source.read(offset, bytes);
        return bytes.flip();
    }

    private static CheckpointException malformed(ByteSource source, String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, source.name(), "expected " + expected + ", found " + found);
    }
}
