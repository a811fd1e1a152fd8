package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An object at one revision; each read is a ranged GET that fails when the object is another by now. */
final class S3File implements ByteSource {

    private final String name;
    private final Revision object;
    private final MinioClient client;
    private final S3Requests requests;
    private final ReadMeter meter;

    /** An object as it was when it was opened. */
    record Revision(String bucket, String key, long size, String etag) {}

    S3File(String name, Revision object, MinioClient client, S3Requests requests, ReadMeter meter) {
        this.name = name;
        this.object = object;
        this.client = client;
        this.requests = requests;
        this.meter = meter;
    }

    /** Servers quote an ETag in some answers and not in others, and may have none; then it is empty. */
    static String plainEtag(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteRange.of(offset, target.remaining()).within(size(), name);
        if (!target.hasRemaining()) {
            return;
        }
        var builder = GetObjectArgs.builder()
                .bucket(object.bucket())
                .object(object.key())
                .offset(offset)
                .length((long) target.remaining());
        if (!object.etag().isEmpty()) {
            builder.matchETag(object.etag());
        }
        GetObjectArgs arguments = builder.build();
        ByteBuffer heap = target.hasArray() ? target : ByteBuffer.allocate(target.remaining());
        int start = heap.position();
        requests.send(name, () -> {
            heap.position(start); // An attempt before this one may have broken off midway.
            try (GetObjectResponse answer = client.getObject(arguments)) {
                requireRange(answer, offset, heap.remaining());
                fill(heap, answer);
            }
            return name;
        });
        if (heap != target) {
            target.put(heap.flip());
        }
    }

    /** A server that knows no ranges sends the object from its beginning. */
    private void requireRange(GetObjectResponse answer, long offset, int length) throws CheckpointException {
        String found = answer.headers().get("Content-Range");
        boolean whole = offset == 0 && length == size();
        if (!whole && (found == null || !found.startsWith("bytes " + offset + "-"))) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    name,
                    "expected " + length + " bytes at " + offset + " from the server, found an answer "
                            + (found == null ? "without a range" : "of " + found));
        }
    }

    private void fill(ByteBuffer target, InputStream answer) throws IOException {
        byte[] array = target.array();
        while (target.hasRemaining()) {
            int count = answer.read(array, target.arrayOffset() + target.position(), target.remaining());
            if (count < 0) {
                throw new EOFException(name + ": expected " + target.remaining() + " bytes more, found the end");
            }
            meter.bytes(count);
            target.position(target.position() + count);
        }
    }
}
