package dev.forebear.signals.evidence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong in the weights and why a feature is missing, without repetition and bounded. */
final class Findings {

    private static final int LIMIT = 20;

    private final Set<String> lines = new LinkedHashSet<>();
    private int beyond;

    void add(String line) {
        if (lines.size() < LIMIT) {
            lines.add(line);
        } else if (!lines.contains(line)) {
            beyond++;
        }
    }

    void add(Exception failure) {
        add(String.valueOf(failure.getMessage()));
    }

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (beyond > 0) {
            all.add("and " + beyond + " more of this kind");
        }
        return List.copyOf(all);
    }
}
