package dev.forebear.cli.reference.peer;

import dev.forebear.cli.reference.peer.FeatureBundle.DeepSignalsReference;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Whether a parquet file is worth handing to the library that reads it: it is whole, and the one that is meant. */
final class ParquetFile {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int END_BYTES = Integer.BYTES + 4;
    private static final long MAX_BYTES = 1L << 30;

    private ParquetFile() {}

    /** @throws IOException with the file, what was expected and what was found */
    static File checked(DeepSignalsReference reference, Path file) throws IOException {
        String name = reference.path();
        if (!Files.isRegularFile(file)) {
            throw new IOException(name + ": expected the deep signals of a model, found no file");
        }
        requireWhole(name, file);
        if (reference.sha256() != null) {
            String found = sha256(file);
            if (!found.equals(reference.sha256())) {
                throw new IOException(
                        name + ": checksum: expected sha256:" + reference.sha256() + ", found sha256:" + found);
            }
        }
        return file.toFile();
    }

    private static void requireWhole(String name, Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(name + ": expected at most " + MAX_BYTES + " bytes, found " + size);
        }
        if (size < MAGIC.length + END_BYTES) {
            throw new IOException(name + ": expected a parquet file, found " + size + " bytes");
        }
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] begin = new byte[MAGIC.length];
            content.readFully(begin);
            content.seek(size - END_BYTES);
            long footer = Integer.reverseBytes(content.readInt());
            byte[] end = new byte[MAGIC.length];
            content.readFully(end);
            if (!Arrays.equals(begin, MAGIC) || !Arrays.equals(end, MAGIC)) {
                throw new IOException(
                        name + ": expected a whole parquet file, found one that does not begin and end with PAR1");
            }
            if (footer <= 0 || footer > size - MAGIC.length - END_BYTES) {
                throw new IOException(name + ": expected a footer within " + size + " bytes, found one of " + footer);
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
