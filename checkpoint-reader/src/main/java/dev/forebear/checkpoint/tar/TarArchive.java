package dev.forebear.checkpoint.tar;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of an uncompressed tar archive. Headers are read by range, one request for a file that is larger than a
 * window, and what is between them is passed over.
 */
public final class TarArchive {

    private static final int ENTRIES_LIMIT = 20_000;
    private static final int EXTENSION_LIMIT = 64 << 10;
    private static final int WINDOW = 32 << 10;

    private final ByteSource source;
    private final boolean onlyFiles;
    private final List<TarEntry> files = new ArrayList<>();
    private byte[] window = {};
    private long windowStart;
    private @Nullable String longName;
    private @Nullable Long longSize;

    private TarArchive(ByteSource source, boolean onlyFiles) {
        this.source = source;
        this.onlyFiles = onlyFiles;
    }

    /**
     * Lists the files of an archive. Folders and links are left out.
     *
     * @throws CheckpointException MALFORMED when it lies about itself, REFUSED when a name leads out of it, UNSUPPORTED
     *     for sparse files
     */
    public static List<TarEntry> files(ByteSource source) throws IOException {
        return files(source, false);
    }

    /**
     * Lists the files of an archive that holds nothing else.
     *
     * @throws CheckpointException as {@link #files}, and MALFORMED for folders and links
     */
    public static List<TarEntry> onlyFiles(ByteSource source) throws IOException {
        return files(source, true);
    }

    private static List<TarEntry> files(ByteSource source, boolean onlyFiles) throws IOException {
        var archive = new TarArchive(source, onlyFiles);
        archive.walk();
        return List.copyOf(archive.files);
    }

    private void walk() throws IOException {
        long at = 0;
        // An archive may end without blocks of zeros.
        for (int entries = 0; at < source.size(); entries++) {
            if (entries == ENTRIES_LIMIT) {
                throw new CheckpointException(
                        Reason.REFUSED,
                        source.name(),
                        "tar: expected at most " + ENTRIES_LIMIT + " entries, found more");
            }
            var header = new TarHeader(source.name(), bytes(at, TarHeader.SIZE));
            if (header.isEnd()) {
                return;
            }
            long size = size(header);
            long start = at + TarHeader.SIZE;
            if (size > source.size() - start) {
                throw malformed("expected an entry within " + source.size() + " bytes, found " + size + " at " + start);
            }
            entry(header, start, size);
            at = start + (size + TarHeader.SIZE - 1) / TarHeader.SIZE * TarHeader.SIZE;
        }
    }

    private long size(TarHeader header) throws CheckpointException {
        boolean extension = "xgLK".indexOf(header.type()) >= 0;
        return longSize == null || extension ? header.size() : longSize;
    }

    private void entry(TarHeader header, long start, long size) throws IOException {
        if (onlyFiles && "0\0007xL".indexOf(header.type()) < 0) {
            throw malformed("expected files only, found an entry of type '" + header.type() + "'");
        }
        switch (header.type()) {
            case 'x' -> extended(extension(start, size));
            case 'L' -> longName = untilZero(new String(extension(start, size), StandardCharsets.UTF_8));
            case 'g', 'K' -> {}
            case '0', '\0', '7' -> {
                file(longName == null ? header.name() : longName, start, size);
                forget();
            }
            case '1', '2' -> {
                if (size != 0) {
                    throw malformed("expected a link without content, found " + size + " bytes");
                }
                forget();
            }
            case '3', '4', '5', '6' -> forget();
            default ->
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        source.name(),
                        "tar: expected files, folders and links, found an entry of type '" + header.type() + "'");
        }
    }

    private static String untilZero(String text) {
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    private void forget() {
        longName = null;
        longSize = null;
    }

    private void file(String path, long start, long size) throws CheckpointException {
        String name = FileNames.withoutDots(path);
        FileNames.check(name);
        files.add(new TarEntry(name, start, size));
    }

    private byte[] extension(long start, long size) throws IOException {
        if (size > EXTENSION_LIMIT) {
            throw malformed("expected an extended header of at most " + EXTENSION_LIMIT + " bytes, found " + size);
        }
        return bytes(start, (int) size);
    }

    /** Lines of the form {@code length key=value}, the length that of the whole line. */
    private void extended(byte[] lines) throws CheckpointException {
        int at = 0;
        while (at < lines.length) {
            int space = at;
            while (space < lines.length && lines[space] != ' ') {
                space++;
            }
            String digits = new String(lines, at, space - at, StandardCharsets.US_ASCII);
            int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
            if (length < space - at + 3 || length > lines.length - at) {
                throw malformed("expected a line of an extended header, found length '" + digits + "'");
            }
            record(new String(lines, space + 1, at + length - space - 2, StandardCharsets.UTF_8));
            at += length;
        }
    }

    private void record(String line) throws CheckpointException {
        if (line.startsWith("path=")) {
            longName = line.substring("path=".length());
        } else if (line.startsWith("size=")) {
            String digits = line.substring("size=".length());
            if (!digits.matches("\\d{1,18}")) {
                throw malformed("size: expected bytes, found '" + digits + "'");
            }
            longSize = Long.parseLong(digits);
        } else if (line.startsWith("GNU.sparse.")) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, source.name(), "tar: expected whole files, found a sparse one");
        }
    }

    private byte[] bytes(long at, int length) throws IOException {
        if (at + length > source.size()) {
            throw malformed("expected " + length + " bytes at " + at + ", found the end at " + source.size());
        }
        if (at < windowStart || at + length > windowStart + window.length) {
            window = new byte[(int) Math.min(Math.max(WINDOW, length), source.size() - at)];
            source.read(at, ByteBuffer.wrap(window));
            windowStart = at;
        }
        var bytes = new byte[length];
        System.arraycopy(window, (int) (at - windowStart), bytes, 0, length);
        return bytes;
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), "tar: " + message);
    }
}
