package dev.forebear.alerts.api;

import dev.forebear.runtime.ConfigurationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a text that should be a policy; line and column are 0 when it is about the whole. */
record PolicyProblem(int line, int column, String message) {

    /** Name that a text is read under, which the lines of its problems begin with. */
    static final String FILE = "policy.yaml";

    private static final Pattern LINE =
            Pattern.compile(Pattern.quote(FILE) + ":(\\d{1,9}):(\\d{1,9}): (.*)", Pattern.DOTALL);

    static List<PolicyProblem> of(ConfigurationException e) {
        return e.problems().stream().map(PolicyProblem::of).toList();
    }

    private static PolicyProblem of(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? new PolicyProblem(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3))
                : new PolicyProblem(0, 0, line);
    }
}
