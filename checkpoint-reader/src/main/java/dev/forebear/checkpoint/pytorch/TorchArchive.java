package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.pickle.PickleReader;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.zip.ZipArchive;
import dev.forebear.checkpoint.zip.ZipEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The zip layout, since PyTorch 1.6: {@code <folder>/data.pkl}, which describes the tensors,
 * {@code <folder>/data/<key>} for the bytes of each storage, uncompressed, and {@code <folder>/byteorder}. All entries
 * are in one folder of any name.
 */
final class TorchArchive implements TorchStorages {

    private static final int PICKLE_LIMIT = 64 << 20;
    private static final int BYTE_ORDER_LIMIT = 16;

    private final ZipArchive archive;
    private final String folder;
    private final Map<String, ByteSource> opened = new HashMap<>();

    private TorchArchive(ZipArchive archive, String folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /**
     * @throws CheckpointException MALFORMED when archive or pickle lie, UNSAFE when the pickle would run code,
     *     UNSUPPORTED for programs, other byte orders and compressed weights
     */
    static TorchContent read(ByteSource source) throws IOException {
        ZipArchive archive = ZipArchive.read(source);
        var torch = new TorchArchive(archive, folder(archive));
        torch.refuseProgram();
        torch.checkByteOrder();
        return new TorchContent(
                PickleReader.read(torch.pickle(), 0, TorchNames.PERMITTED).value(), torch);
    }

    // PyTorch takes the folder of the first entry; with a second folder another reader could take that one.
    private static String folder(ZipArchive archive) throws CheckpointException {
        String folder = "";
        for (ZipEntry entry : archive.entries()) {
            String found = entry.name().substring(0, entry.name().indexOf('/') + 1);
            folder = folder.isEmpty() ? found : folder;
            if (found.isEmpty() || !found.equals(folder)) {
                throw malformed(archive, "expected all entries in one folder, found " + entry.name());
            }
        }
        return folder;
    }

    private void refuseProgram() throws CheckpointException {
        if (archive.find(folder + "constants.pkl") != null) {
            throw unsupported("expected weights, found a TorchScript program");
        }
    }

    private void checkByteOrder() throws IOException {
        ZipEntry entry = archive.find(folder + "byteorder");
        if (entry == null) {
            return;
        }
        String order = new String(archive.readAll(entry, BYTE_ORDER_LIMIT), StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw unsupported("byteorder: expected little, found " + order);
        }
    }

    private ByteSource pickle() throws IOException {
        ZipEntry entry = archive.find(folder + "data.pkl");
        if (entry == null) {
            throw malformed(archive, "expected a data.pkl, found none");
        }
        return entry.isStored()
                ? archive.stored(entry)
                : new BytesSource(archive.file() + ": " + entry.name(), archive.readAll(entry, PICKLE_LIMIT));
    }

    @Override
    public ByteSource bytes(TorchStorage storage) throws IOException {
        ZipEntry entry = archive.find(folder + "data/" + storage.key());
        if (entry == null || entry.size() != storage.bytes()) {
            throw malformed(
                    archive,
                    "storage " + storage.key() + ": expected " + storage.bytes() + " bytes, found "
                            + (entry == null ? "no entry" : entry.size() + ""));
        }
        ByteSource bytes = opened.get(storage.key());
        if (bytes == null) {
            bytes = archive.stored(entry);
            opened.put(storage.key(), bytes);
        }
        return bytes;
    }

    private CheckpointException unsupported(String message) {
        return new CheckpointException(Reason.UNSUPPORTED, archive.file(), message);
    }

    private static CheckpointException malformed(ZipArchive archive, String message) {
        return new CheckpointException(Reason.MALFORMED, archive.file(), message);
    }
}
