package dev.forebear.signals.weights;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong in the weights and why a feature is missing, without repetition and bounded. */
public final class Findings {

    private static final int LIMIT = 20;

    private final Set<String> lines = new LinkedHashSet<>();
    private int beyond;

    public void add(String line) {
        if (lines.size() < LIMIT) {
            lines.add(line);
        } else if (!lines.contains(line)) {
            beyond++;
        }
    }

    public void add(Exception failure) {
        add(String.valueOf(failure.getMessage()));
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (beyond > 0) {
            all.add("and " + beyond + " more of this kind");
        }
        return List.copyOf(all);
    }
}
