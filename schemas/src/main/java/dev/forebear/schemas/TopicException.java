package dev.forebear.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topics are not as declared, or the broker did not answer; lists every problem. */
public final class TopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    TopicException(List<String> problems, @Nullable Throwable cause) {
        super(String.join("; ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** One line each: topic, expected, found. */
    public List<String> problems() {
        return problems;
    }
}
