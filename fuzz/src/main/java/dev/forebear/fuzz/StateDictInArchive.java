package dev.forebear.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Any pickle in place of that of a sound PyTorch archive, whose storages it may refer to. */
final class StateDictInArchive implements Parser {

    private static final String PICKLE = "data.pkl";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    StateDictInArchive() {
        var sound = new ByteArrayInputStream(SoundFile.read("pytorch_model.bin").content());
        try (var zip = new ZipInputStream(sound)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void read(byte[] input) throws IOException {
        WholeCheckpoint.read(new MemoryFiles().with("pytorch_model.bin", archive(input)));
    }

    private byte[] archive(byte[] pickle) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getKey().endsWith(PICKLE) ? pickle : entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var sum = new CRC32();
        sum.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
