package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The files of a local folder. Names that lead out of the folder are refused, symbolic links that do are too. A file's
 * revision is its size and modification time, checked with every read.
 */
public final class FolderStorage implements Storage {

    private static final int DEPTH_LIMIT = 5;
    private static final int FILES_LIMIT = 100_000;

    private final Path folder;
    private final ReadMeter meter = new ReadMeter();
    private final ConcurrentLinkedQueue<FolderFile> opened = new ConcurrentLinkedQueue<>();

    public FolderStorage(Path folder) {
        this.folder = folder;
    }

    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public List<StoredFile> list() throws IOException {
        Path root = root();
        meter.request();
        var files = new ArrayList<StoredFile>();
        try (var paths = Files.walk(root, DEPTH_LIMIT, new FileVisitOption[0])) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (!Files.isRegularFile(path)) {
                    continue;
                }
                if (files.size() == FILES_LIMIT) {
                    throw new CheckpointException(
                            Reason.REFUSED, location(), "expected at most " + FILES_LIMIT + " files, found more");
                }
                files.add(stored(root, path));
            }
        } catch (java.io.UncheckedIOException failure) {
            throw failure.getCause();
        }
        files.sort(Comparator.comparing(StoredFile::name));
        return List.copyOf(files);
    }

    @Override
    public ByteSource open(String name) throws IOException {
        Path root = root();
        FileNames.check(name);
        Path path = resolved(root, name);
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(Reason.MISSING, name, "expected a file in " + location() + ", found none");
        }
        refuseOutside(root, path, name);
        meter.request();
        FolderFile file = FolderFile.open(name, path, meter);
        opened.add(file);
        return file;
    }

    @Override
    public ReadTotals totals() {
        return meter.totals();
    }

    @Override
    public void close() {
        for (FolderFile file = opened.poll(); file != null; file = opened.poll()) {
            file.close();
        }
    }

    private Path root() throws IOException {
        try {
            Path root = folder.toRealPath();
            if (Files.isDirectory(root)) {
                return root;
            }
            throw new CheckpointException(Reason.MISSING, location(), "expected a folder, found a file");
        } catch (NoSuchFileException missing) {
            throw new CheckpointException(Reason.MISSING, location(), "expected a folder, found none");
        }
    }

    private static Path resolved(Path root, String name) throws CheckpointException {
        try {
            return root.resolve(name);
        } catch (InvalidPathException noName) {
            throw new CheckpointException(
                    Reason.REFUSED, name, "expected a file name of this system, found " + noName.getReason());
        }
    }

    private StoredFile stored(Path root, Path path) throws IOException {
        String name =
                root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
        refuseOutside(root, path, name);
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new StoredFile(name, attributes.size(), FolderFile.revision(attributes));
    }

    private static void refuseOutside(Path root, Path path, String name) throws IOException {
        if (!path.toRealPath().startsWith(root)) {
            throw new CheckpointException(
                    Reason.REFUSED, name, "expected a file inside its folder, found a link that leaves it");
        }
    }
}
