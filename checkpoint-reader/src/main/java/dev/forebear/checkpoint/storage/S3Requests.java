package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends requests to one S3 server: tells what a failure means, and repeats what is worth repeating. */
final class S3Requests {

    private final URI endpoint;
    private final String location;
    private final Backoff backoff;
    private final ReadMeter meter;

    S3Requests(URI endpoint, String location, Backoff backoff, ReadMeter meter) {
        this.endpoint = endpoint;
        this.location = location;
        this.backoff = backoff;
        this.meter = meter;
    }

    interface Request<T> {

        T send() throws MinioException, IOException;
    }

    /**
     * @param name file that the request is about, for messages
     * @throws CheckpointException MISSING, CHANGED or REFUSED, at once
     * @throws IOException when the last attempt failed too
     */
    <T> T send(String name, Request<T> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Exception failure;
            try {
                meter.request();
                return request.send();
            } catch (CheckpointException permanent) {
                throw permanent;
            } catch (MinioException | IOException failed) {
                failure = failed;
            } catch (IllegalStateException wrapped) {
                failure = worldly(wrapped);
            }
            CheckpointException permanent = permanent(name, failure);
            if (permanent != null) {
                throw permanent;
            }
            if (attempt == backoff.attempts()) {
                throw new IOException(
                        "%s: %s: no answer from %s in %d attempts: %s"
                                .formatted(location, name, endpoint, attempt, firstLine(failure)),
                        failure);
            }
            pause(attempt);
        }
    }

    /** The SDK wraps failures of the connection so while it lists. */
    private static Exception worldly(IllegalStateException wrapped) {
        Throwable cause = wrapped.getCause();
        if (cause instanceof IOException || cause instanceof MinioException) {
            return (Exception) cause;
        }
        throw wrapped;
    }

    private @Nullable CheckpointException permanent(String name, Exception failure) {
        if (!(failure instanceof ErrorResponseException answered)) {
            return null;
        }
        String code = String.valueOf(answered.errorResponse().code());
        int status = answered.response().code();
        return switch (code) {
            case "NoSuchKey", "NoSuchBucket", "NoSuchObject", "ResourceNotFound" ->
                new CheckpointException(Reason.MISSING, name, "expected it in " + location + ", found " + code);
            case "PreconditionFailed", "InvalidRange" ->
                new CheckpointException(
                        Reason.CHANGED, name, "changed while it was read: expected the opened revision, found " + code);
            default -> permanent(name, code, status);
        };
    }

    private @Nullable CheckpointException permanent(String name, String code, int status) {
        return switch (status) {
            case 404 -> new CheckpointException(Reason.MISSING, name, "expected it in " + location + ", found " + code);
            case 412, 416 ->
                new CheckpointException(
                        Reason.CHANGED, name, "changed while it was read: expected the opened revision, found " + code);
            case 408, 429 -> null;
            default ->
                status >= 500
                        ? null
                        : new CheckpointException(
                                Reason.REFUSED,
                                name,
                                "expected an answer from " + endpoint + ", found " + status + " " + code);
        };
    }

    private static String firstLine(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private void pause(int attempt) throws InterruptedIOException {
        try {
            Thread.sleep(backoff.pauseAfter(attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(location + ": interrupted while waiting to try again");
        }
    }
}
