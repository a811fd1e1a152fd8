package dev.forebear.replay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder, gone when it is closed or its process is asked to end. What a process left behind that was killed
 * goes with the next one that makes a folder beside it.
 */
final class WorkFolder implements AutoCloseable {

    private static final String PREFIX = "forebear-replay-";

    /** Locked by the process that uses the folder; before all others by name, and so the last to be deleted. */
    private static final String LOCK = ".in-use";

    private final Path path;
    private final FileChannel lock;
    private final Thread ending;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
        this.ending = new Thread(() -> deleteIfPossible(path), "remove temporary files");
    }

    static WorkFolder make() throws IOException {
        return make(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param parent where it is made */
    static WorkFolder make(Path parent) throws IOException {
        removeLeft(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        // Nobody finds it under its name before it is locked.
        Path unlocked = path.resolve(LOCK + ".part");
        FileChannel lock = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.lock();
            Files.move(unlocked, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            var folder = new WorkFolder(path, lock);
            Runtime.getRuntime().addShutdownHook(folder.ending);
            return folder;
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    Path path() {
        return path;
    }

    private static void removeLeft(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isLeft(folder)) {
                    deleteIfPossible(folder);
                }
            }
        }
    }

    private static boolean isLeft(Path folder) {
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (IOException | OverlappingFileLockException inUseOrOfOthers) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    private static void deleteIfPossible(Path folder) {
        try {
            delete(folder);
        } catch (IOException left) {
            // What cannot be deleted now goes with the next folder.
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            Runtime.getRuntime().removeShutdownHook(ending);
            delete(path);
        } catch (IllegalStateException ends) {
            // What was registered deletes it.
        }
    }
}
