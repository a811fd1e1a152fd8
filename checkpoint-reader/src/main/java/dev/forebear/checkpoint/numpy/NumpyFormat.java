package dev.forebear.checkpoint.numpy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.zip.ZipArchive;
import dev.forebear.checkpoint.zip.ZipEntry;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The NumPy files of a checkpoint: every {@code *.npz} at the top, one tensor for each of its entries, else every
 * {@code *.npy}, one tensor each. Tensors are called as their entry or file, without {@code .npy}.
 */
public final class NumpyFormat {

    private static final String ARCHIVE = ".npz";
    private static final String ARRAY = ".npy";
    private static final int TENSORS_LIMIT = 500_000;

    private final SortedMap<String, Tensor> tensors = new TreeMap<>();

    private NumpyFormat() {}

    /** Whether these files hold weights in this format. */
    public static boolean isIn(List<StoredFile> files) {
        return !named(files, ARCHIVE).isEmpty() || !named(files, ARRAY).isEmpty();
    }

    private static List<String> named(List<StoredFile> files, String suffix) {
        return files.stream()
                .map(StoredFile::name)
                .filter(name -> name.endsWith(suffix) && name.indexOf('/') < 0)
                .toList();
    }

    /**
     * Tensors of all files, sorted by name. Reads headers only.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MALFORMED when a file lies, UNSUPPORTED when its values are compressed or of another
     *     kind, REFUSED when it is absurdly large
     */
    public static List<Tensor> tensors(Storage storage, List<StoredFile> files) throws IOException {
        var format = new NumpyFormat();
        List<String> archives = named(files, ARCHIVE);
        for (String file : archives) {
            format.addArchive(ZipArchive.read(storage.open(file)));
        }
        if (archives.isEmpty()) {
            for (String file : named(files, ARRAY)) {
                format.add(file, storage.open(file));
            }
        }
        return List.copyOf(format.tensors.values());
    }

    private void addArchive(ZipArchive archive) throws IOException {
        for (ZipEntry entry : archive.entries()) {
            if (!entry.name().endsWith(ARRAY)) {
                throw new CheckpointException(
                        Reason.MALFORMED, archive.file(), "expected arrays (*.npy) only, found " + entry.name());
            }
            add(entry.name(), archive.stored(entry));
        }
    }

    private void add(String file, ByteSource source) throws IOException {
        if (tensors.size() == TENSORS_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, source.name(), "expected at most " + TENSORS_LIMIT + " tensors, found more");
        }
        String name = file.substring(0, file.length() - ARRAY.length());
        if (tensors.put(name, NpyHeader.read(source).tensor(name, source)) != null) {
            throw new CheckpointException(
                    Reason.MALFORMED, source.name(), "tensor " + name + ": expected in one file, found in two");
        }
    }
}
