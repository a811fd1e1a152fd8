package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The bytes of a request: asked for, then here, or a failure. */
final class Fetch {

    private final PlannedRequest request;
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    Fetch(PlannedRequest request) {
        this.request = request;
    }

    PlannedRequest request() {
        return request;
    }

    /**
     * Reads them in the calling thread; a failure is that of whoever asks for them.
     *
     * @param meter told before anybody gets the bytes, so that nothing is told when all has ended
     */
    void run(ProgressMeter meter) {
        var read = new byte[request.length()];
        ByteSource source = request.file().source();
        try {
            source.read(request.offset(), ByteBuffer.wrap(read));
            meter.add(request.length());
            bytes.complete(read);
        } catch (IOException | RuntimeException | Error failure) {
            bytes.completeExceptionally(failure);
        }
    }

    boolean failed() {
        return bytes.isCompletedExceptionally();
    }

    /** Copies a range that lies inside the request, once it is here. */
    void copy(long offset, ByteBuffer target) throws IOException {
        target.put(await(), Math.toIntExact(offset - request.offset()), target.remaining());
    }

    private byte[] await() throws IOException {
        try {
            return bytes.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(request.file().name() + ": interrupted while waiting for its bytes");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
