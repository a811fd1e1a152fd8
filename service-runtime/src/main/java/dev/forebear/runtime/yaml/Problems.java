package dev.forebear.runtime.yaml;

import dev.forebear.runtime.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything found wrong in one file. Not thread-safe. */
final class Problems {

    private final String file;
    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    /** @param text of the file */
    Problems(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Text of the file. */
    String text() {
        return text;
    }

    void add(Position at, String message) {
        problems.add(new Problem(at, message));
    }

    /**
     * @throws ConfigurationException with one line {@code file:line:column: message} per problem, in the file's order
     */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.stream()
                    .sorted(Comparator.comparing(Problem::at))
                    .map(problem -> file + ":" + problem.at + ": " + problem.message)
                    .toList());
        }
    }

    private record Problem(Position at, String message) {}
}
