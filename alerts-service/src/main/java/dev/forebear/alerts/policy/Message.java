package dev.forebear.alerts.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with placeholders such as {@code {model}}.
 *
 * @param template as in the policy file
 */
record Message(String template) {

    /** What each placeholder stands for. */
    enum Placeholder {
        MODEL,
        /** The ancestor that the rule fired on. */
        ANCESTOR,
        /** Its licence; of a rule that is about the model, the licence of the model. */
        LICENCE,
        /** How likely the match is by chance. */
        ODDS,
        /** The sentence that a rule would say without a message. */
        FINDING,
        TEAM,
        OWNER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Set<Placeholder> OF_ANCESTORS = Set.of(Placeholder.ANCESTOR, Placeholder.ODDS);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z-]*)}");
    private static final int MAX_VALUE = 600;

    /** Placeholders in the template that do not exist, or not here. */
    Set<String> unknown(Set<Placeholder> known) {
        Set<String> words = known.stream().map(Placeholder::word).collect(Collectors.toSet());
        return PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .filter(word -> !words.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The text with the values in it; those are brought to one line, and never read as placeholders themselves. */
    String fill(Map<Placeholder, Supplier<String>> values) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(values.entrySet().stream()
                .filter(value -> value.getKey().word().equals(found.group(1)))
                .findFirst()
                .map(value -> Wording.oneLine(value.getValue().get(), MAX_VALUE))
                .orElse(found.group())));
    }
}
