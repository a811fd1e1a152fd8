package dev.forebear.alerts.policy;

import dev.forebear.runtime.yaml.Section;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of name patterns. */
final class Patterns {

    private Patterns() {}

    /** Those of a list; what is no pattern is noted as a problem. */
    static List<NamePattern> of(Section section, String key) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String text : section.texts(key)) {
            try {
                patterns.add(NamePattern.of(text));
            } catch (IllegalArgumentException e) {
                section.problemAt(key, String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(patterns);
    }
}
