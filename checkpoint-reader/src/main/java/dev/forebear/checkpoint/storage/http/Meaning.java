package dev.forebear.checkpoint.storage.http;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What an answer means that is no success. */
public interface Meaning {

    /**
     * @param name what was asked for, for the message
     * @param answer the answer
     * @return why to give up; null when asking again may help
     */
    @Nullable
    CheckpointException of(String name, Answer answer);

    /** An answer without its body. */
    record Answer(String host, int status, Headers headers) {}

    /** What RFC 9110 says. */
    static @Nullable CheckpointException standard(String name, Answer answer) {
        String found = ", found " + answer.status() + " from " + answer.host();
        return switch (answer.status()) {
            case 404, 410 -> new CheckpointException(Reason.MISSING, name, "expected it to be there" + found);
            case 412, 416 ->
                new CheckpointException(Reason.CHANGED, name, "expected the revision that was opened" + found);
            case 401 ->
                new CheckpointException(Reason.REFUSED, name, "expected access, which needs credentials" + found);
            case 403 -> new CheckpointException(Reason.REFUSED, name, "expected access" + found);
            case 408, 425, 429 -> null;
            default ->
                answer.status() >= 500
                        ? null
                        : new CheckpointException(Reason.REFUSED, name, "expected an answer" + found);
        };
    }
}
