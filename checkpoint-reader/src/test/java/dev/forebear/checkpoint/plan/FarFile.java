package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.ReadTotals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Random bytes that count what is read of them, and that may be replaced after some requests. */
final class FarFile implements ByteSource {

    private final byte[] content;
    private final Semaphore requestsUntilChange;
    private long bytes;
    private long requests;
    private int underWay;
    private int mostUnderWay;

    FarFile(int size) {
        this(size, Integer.MAX_VALUE);
    }

    /** @param requests after so many the file is another */
    FarFile(int size, int requests) {
        content = new byte[size];
        new Random(size).nextBytes(content);
        requestsUntilChange = new Semaphore(requests);
    }

    /** A file that answers nothing until the latch is open. */
    static ByteSource waiting(CountDownLatch end) {
        return new ByteSource() {
            @Override
            public String name() {
                return "weights";
            }

            @Override
            public long size() {
                return 100;
            }

            @Override
            public void read(long offset, ByteBuffer target) throws IOException {
                try {
                    end.await();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
                target.position(target.limit());
            }
        };
    }

    byte[] content() {
        return content;
    }

    synchronized ReadTotals totals() {
        return new ReadTotals(bytes, requests);
    }

    /** Most requests at a time so far. */
    synchronized int mostUnderWay() {
        return mostUnderWay;
    }

    @Override
    public String name() {
        return "weights";
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        begin(target.remaining());
        Thread.yield();
        if (!requestsUntilChange.tryAcquire()) {
            throw new CheckpointException(Reason.CHANGED, name(), "changed while it was read");
        }
        target.put(content, (int) offset, target.remaining());
        end();
    }

    private synchronized void begin(int length) {
        bytes += length;
        requests++;
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
    }

    private synchronized void end() {
        underWay--;
    }
}
