package dev.forebear.checkpoint.storage.http;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteRange;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A file of an HTTP server, read by ranged GETs. Its size is known beforehand, so that opening it asks for nothing.
 * Where a redirect leads is remembered and asked directly, until it is refused there: signed addresses expire. Bytes
 * are taken only from answers that say which bytes of how many they are, and that bear the ETag of the first.
 */
public final class HttpFile implements ByteSource {

    /** Files up to this size are taken whole from servers that ignore ranges. */
    static final long SMALL = 8 << 20;

    private static final int BUFFER = 64 << 10;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final String name;
    private final HttpUrl url;
    private final long size;
    private final Identity identity;
    private final HttpRequests requests;
    private volatile @Nullable HttpUrl resolved;
    private @Nullable Version version;

    /** Tells from an answer of the server, before its body is read, whether it is about the file that was opened. */
    public interface Identity {

        /** Takes every answer. */
        Identity ANY = (name, headers) -> {};

        /** @throws CheckpointException CHANGED when it is about another */
        void check(String name, Headers headers) throws CheckpointException;
    }

    /** What one host calls the revision that it sent. */
    private record Version(String host, String etag) {}

    /**
     * @param name relative to the checkpoint
     * @param size in bytes, as the server listed it
     */
    public HttpFile(String name, HttpUrl url, long size, Identity identity, HttpRequests requests) {
        this.name = name;
        this.url = url;
        this.size = size;
        this.identity = identity;
        this.requests = requests;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteRange.of(offset, target.remaining()).within(size, name);
        if (!target.hasRemaining()) {
            return;
        }
        int start = target.position();
        requests.send(name, () -> {
            target.position(start); // An attempt before this one may have broken off midway.
            try (Response answer = answer(offset, target.remaining())) {
                take(answer, offset, target);
            }
            return name;
        });
    }

    private Response answer(long offset, int length) throws IOException {
        Headers range = Headers.of("Range", "bytes=" + offset + "-" + (offset + length - 1));
        HttpUrl direct = resolved;
        if (direct != null) {
            Response answer = requests.follow(name, direct, range, headers -> identity.check(name, headers));
            if (!isRefusal(answer.code())) {
                return answer;
            }
            answer.close();
            resolved = null;
        }
        return requests.follow(name, url, range, headers -> identity.check(name, headers));
    }

    /** An expired signature is answered by one or another of these, depending on the store. */
    private static boolean isRefusal(int status) {
        return status == 400 || status == 401 || status == 403 || status == 404 || status == 410;
    }

    private void take(Response answer, long offset, ByteBuffer target) throws IOException {
        switch (answer.code()) {
            case 206 -> {
                checkVersion(answer);
                checkRange(answer, offset, target.remaining());
                fill(answer, target);
            }
            case 200 -> {
                checkVersion(answer);
                takeWhole(answer, offset, target);
            }
            default -> throw requests.failure(name, answer);
        }
        HttpUrl from = answer.request().url();
        if (!requests.isOwn(from)) {
            resolved = from;
        }
    }

    private synchronized void checkVersion(Response answer) throws CheckpointException {
        String encoding = answer.header("Content-Encoding");
        if (encoding != null && !encoding.equals("identity")) {
            throw new CheckpointException(Reason.REFUSED, name, "expected bytes as they are, found " + encoding);
        }
        String etag = answer.header("ETag");
        if (etag == null) {
            return;
        }
        var found = new Version(answer.request().url().host(), plainEtag(etag));
        Version known = version;
        if (known != null && known.host().equals(found.host()) && !known.equals(found)) {
            throw changed("ETag " + known.etag(), "ETag " + found.etag());
        }
        version = found;
    }

    /** An ETag without the quotes and the mark of weakness, with which servers are not careful. */
    public static String plainEtag(String etag) {
        return etag.replaceFirst("^W/", "").replace("\"", "");
    }

    private void checkRange(Response answer, long offset, int length) throws CheckpointException {
        String header = String.valueOf(answer.header("Content-Range"));
        String expected = "bytes " + offset + "-" + (offset + length - 1);
        Matcher found = CONTENT_RANGE.matcher(header);
        if (!found.matches()
                || Long.parseLong(found.group(1)) != offset
                || Long.parseLong(found.group(2)) != offset + length - 1) {
            throw new CheckpointException(Reason.REFUSED, name, "expected " + expected + ", found " + header);
        }
        if (!found.group(3).equals("*") && Long.parseLong(found.group(3)) != size) {
            throw changed(size + " bytes", found.group(3));
        }
    }

    /** The answer of a server that ignores ranges. */
    private void takeWhole(Response answer, long offset, ByteBuffer target) throws IOException {
        long length = answer.body().contentLength();
        if (length >= 0 && length != size) {
            throw changed(size + " bytes", Long.toString(length));
        }
        if (size == target.remaining()) {
            fill(answer, target);
            return;
        }
        if (size > SMALL) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    name,
                    "expected " + target.remaining() + " bytes from "
                            + answer.request().url().host() + ", found all " + size + ": it ignores ranges");
        }
        var whole = ByteBuffer.allocate(Math.toIntExact(size));
        fill(answer, whole);
        target.put(target.position(), whole, Math.toIntExact(offset), target.remaining());
        target.position(target.limit());
    }

    private void fill(Response answer, ByteBuffer target) throws IOException {
        InputStream body = answer.body().byteStream();
        var buffer = new byte[Math.min(BUFFER, target.remaining())];
        while (target.hasRemaining()) {
            int count = body.read(buffer, 0, Math.min(buffer.length, target.remaining()));
            if (count < 0) {
                throw new EOFException(name + ": expected " + target.remaining() + " bytes more, found the end");
            }
            requests.meter().bytes(count);
            target.put(buffer, 0, count);
        }
        if (body.read() >= 0) {
            throw new CheckpointException(Reason.REFUSED, name, "expected the end of the answer, found more bytes");
        }
    }

    private CheckpointException changed(String expected, String found) {
        return new CheckpointException(
                Reason.CHANGED, name, "changed while it was read: expected " + expected + ", found " + found);
    }
}
