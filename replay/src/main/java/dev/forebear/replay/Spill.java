package dev.forebear.replay;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Blocks of bytes in a temporary file, for what does not fit into memory. First all are added, by one thread; then any
 * number of threads read them by their places.
 */
final class Spill implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final OutputStream out;
    private long end;

    /** @param file is made, and gone when this is closed */
    Spill(Path file) throws IOException {
        this.channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** Its place. */
    long add(byte[] block) throws IOException {
        long place = end;
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(block.length).array());
        out.write(block);
        end += Integer.BYTES + (long) block.length;
        return place;
    }

    /** All have been added. */
    void complete() throws IOException {
        out.flush();
    }

    /** The block at a place. */
    byte[] at(long place) throws IOException {
        int length = read(place, Integer.BYTES).getInt();
        return read(place + Integer.BYTES, length).array();
    }

    private ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("temporary file: expected " + length + " bytes at " + from + ", found its end");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
