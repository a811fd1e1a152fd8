package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest implements StorageContract {

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("model"));
    }

    @Override
    public Storage storage() {
        return new FolderStorage(folder);
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), content);
    }

    @Test
    void refusesLinkThatLeavesTheFolder() throws IOException {
        Path secret = Files.write(temporary.resolve("secret"), new byte[1]);
        Files.createSymbolicLink(folder.resolve("config.json"), secret);
        try (Storage storage = storage()) {
            assertRefused(() -> storage.open("config.json"), Reason.REFUSED, "a link that leaves it");
            assertRefused(storage::list, Reason.REFUSED, "config.json: expected a file inside its folder");
        }
    }

    @Test
    void refusesFileBelowLinkedFolder() throws IOException {
        Files.write(Files.createDirectory(temporary.resolve("other")).resolve("secret"), new byte[1]);
        Files.createSymbolicLink(folder.resolve("sub"), temporary.resolve("other"));
        try (Storage storage = storage()) {
            assertThat(storage.list()).isEmpty();
            assertRefused(() -> storage.open("sub/secret"), Reason.REFUSED, "a link that leaves it");
        }
    }

    @Test
    void followsLinkInsideTheFolder() throws IOException {
        put("blobs/1", new byte[5]);
        Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("blobs", "1"));
        try (Storage storage = storage()) {
            assertThat(storage.list()).extracting(StoredFile::name).containsExactly("blobs/1", "model.safetensors");
            assertThat(storage.open("model.safetensors").readAll(5)).hasSize(5);
        }
    }

    @Test
    void noticesRemovalWhileReading() throws IOException {
        put("model.safetensors", new byte[100]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            Files.delete(folder.resolve("model.safetensors"));
            assertRefused(() -> source.read(0, ByteBuffer.allocate(10)), Reason.CHANGED, "found no file");
        }
    }

    @Test
    void noticesTruncationWhileReading() throws IOException {
        put("model.safetensors", new byte[100]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            put("model.safetensors", new byte[20]);
            assertRefused(() -> source.read(10, ByteBuffer.allocate(50)), Reason.CHANGED, "found the end at byte 20");
        }
    }

    @Test
    void missesAbsentFolder() {
        assertRefused(() -> new FolderStorage(temporary.resolve("absent")).list(), Reason.MISSING, "expected a folder");
    }

    @Test
    void missesFolderWhereAFileIs() throws IOException {
        Path file = Files.write(temporary.resolve("file"), new byte[1]);
        assertRefused(() -> new FolderStorage(file).list(), Reason.MISSING, "found a file");
    }
}
