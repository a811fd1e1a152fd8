package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** An open local file. Positional reads only, so threads do not disturb each other. */
final class FolderFile implements ByteSource {

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final BasicFileAttributes opened;
    private final ReadMeter meter;

    private FolderFile(String name, Path path, FileChannel channel, BasicFileAttributes attributes, ReadMeter meter) {
        this.name = name;
        this.path = path;
        this.channel = channel;
        this.opened = attributes;
        this.meter = meter;
    }

    static FolderFile open(String name, Path path, ReadMeter meter) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FolderFile(name, path, FileChannel.open(path, StandardOpenOption.READ), attributes, meter);
    }

    static String revision(BasicFileAttributes attributes) {
        return attributes.size() + "-" + attributes.lastModifiedTime().toInstant();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return opened.size();
    }

    @Override
    public Distance distance() {
        return Distance.DISK;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteRange.of(offset, target.remaining()).within(size(), name);
        meter.request();
        long at = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw changed("the end at byte " + at);
            }
            at += count;
            meter.bytes(count);
        }
        checkRevision();
    }

    private void checkRevision() throws IOException {
        try {
            var present = Files.readAttributes(path, BasicFileAttributes.class);
            if (present.size() != size() || !present.lastModifiedTime().equals(opened.lastModifiedTime())) {
                throw changed("revision " + revision(present));
            }
        } catch (NoSuchFileException removed) {
            throw changed("no file");
        }
    }

    private CheckpointException changed(String found) {
        return new CheckpointException(
                Reason.CHANGED,
                name,
                "changed while it was read: expected revision " + revision(opened) + ", found " + found);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
