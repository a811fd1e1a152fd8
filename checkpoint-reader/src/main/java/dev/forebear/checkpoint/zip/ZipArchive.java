package dev.forebear.checkpoint.zip;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive of which only the directory was read. Checksums are not compared: some writers leave them out, and they
 * protect from accidents only.
 */
public final class ZipArchive {

    private final ByteSource source;
    private final Map<String, ZipEntry> entries;

    private ZipArchive(ByteSource source, Map<String, ZipEntry> entries) {
        this.source = source;
        this.entries = entries;
    }

    /**
     * Reads the directory at the end of a file.
     *
     * @throws CheckpointException MALFORMED when the directory lies, REFUSED when it is absurdly large, UNSUPPORTED
     *     when an entry is encrypted
     */
    public static ZipArchive read(ByteSource source) throws IOException {
        return new ZipArchive(source, ZipDirectory.read(source));
    }

    /** Name of the file, for messages. */
    public String file() {
        return source.name();
    }

    /** Entries in the order of the directory. */
    public Collection<ZipEntry> entries() {
        return entries.values();
    }

    /** The entry of this name; null without one. */
    public @Nullable ZipEntry find(String name) {
        return entries.get(name);
    }

    /**
     * The bytes of an entry where they lie. Its own header is read with the first of them.
     *
     * @throws CheckpointException UNSUPPORTED when it is compressed, which cannot be read by range
     */
    public ByteSource stored(ZipEntry entry) throws CheckpointException {
        if (!entry.isStored()) {
            throw unsupported(entry);
        }
        return new EntrySource(source, entry);
    }

    /**
     * The bytes of a small entry, stored or deflated.
     *
     * @param limit most bytes that are read or inflated
     * @throws CheckpointException REFUSED when it is larger, MALFORMED when it inflates to another size than it says,
     *     UNSUPPORTED when it is compressed otherwise
     */
    public byte[] readAll(ZipEntry entry, int limit) throws IOException {
        if (!entry.isStored() && !entry.isDeflated()) {
            throw unsupported(entry);
        }
        if (entry.size() < 0 || entry.size() > limit || entry.storedSize() > limit) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    file(),
                    entry.name() + ": expected at most " + limit + " bytes, found "
                            + Long.toUnsignedString(Math.max(entry.size(), entry.storedSize())));
        }
        var stored = new byte[(int) entry.storedSize()];
        new EntrySource(source, entry).read(0, ByteBuffer.wrap(stored));
        return entry.isStored() ? stored : inflated(entry, stored);
    }

    private byte[] inflated(ZipEntry entry, byte[] deflated) throws CheckpointException {
        var bytes = new byte[(int) entry.size()];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            int count = 0;
            while (!inflater.finished()) {
                // One more than fits, to see that the stream ends where the directory says.
                int step = count < bytes.length
                        ? inflater.inflate(bytes, count, bytes.length - count)
                        : inflater.inflate(new byte[1]);
                count += step;
                if (count > bytes.length || (step == 0 && !inflater.finished())) {
                    throw malformed(entry, count > bytes.length ? "more" : count + " and no end");
                }
            }
            if (count < bytes.length) {
                throw malformed(entry, count + "");
            }
            return bytes;
        } catch (DataFormatException damaged) {
            throw malformed(entry, "damaged data");
        }
    }

    private CheckpointException malformed(ZipEntry entry, String found) {
        return new CheckpointException(
                Reason.MALFORMED,
                file(),
                entry.name() + ": expected to inflate to " + entry.size() + " bytes, found " + found);
    }

    private CheckpointException unsupported(ZipEntry entry) {
        return new CheckpointException(
                Reason.UNSUPPORTED,
                file(),
                entry.name() + ": expected stored bytes, found compression method " + entry.method());
    }
}
