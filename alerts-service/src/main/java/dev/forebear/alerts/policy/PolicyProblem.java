package dev.forebear.alerts.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a policy.
 *
 * @param line from 1; 0 when it is about the whole
 * @param column from 1; 0 when it is about the whole
 * @param message what, expected, found
 */
public record PolicyProblem(int line, int column, String message) {

    private static final Pattern PLACED = Pattern.compile("(\\d{1,9}):(\\d{1,9}): (.*)", Pattern.DOTALL);

    /** From a line of a file's problems. */
    static PolicyProblem of(String file, String line) {
        String rest = line.startsWith(file + ":") ? line.substring(file.length() + 1) : line;
        Matcher placed = PLACED.matcher(rest);
        return placed.matches()
                ? new PolicyProblem(
                        Integer.parseInt(placed.group(1)), Integer.parseInt(placed.group(2)), placed.group(3))
                : new PolicyProblem(0, 0, rest.strip());
    }
}
