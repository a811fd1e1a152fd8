package dev.forebear.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long topics keep records where an operator wants it otherwise than declared.
 *
 * @param byTopic each within the topic's range
 */
public record Retentions(Map<Topic<?>, Duration> byTopic) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([hd])");

    public Retentions {
        byTopic = Map.copyOf(byTopic);
        byTopic.forEach((topic, retention) -> {
            RetentionRange range = RetentionRange.of(topic);
            if (range == null || !range.holds(retention)) {
                throw new IllegalArgumentException("topic " + topic.name() + ": expected "
                        + (range == null ? "no retention" : range) + ", found " + RetentionRange.words(retention));
            }
        });
    }

    /** Everything as declared. */
    public static Retentions declared() {
        return new Retentions(Map.of());
    }

    /**
     * Reads {@code FOREBEAR_RETENTION_<TOPIC>}, for example {@code FOREBEAR_RETENTION_DEAD_LETTERS=30d}.
     *
     * @param variables value of a variable, or null
     * @param problems told of everything that is wrong
     */
    public static Retentions read(UnaryOperator<@Nullable String> variables, Consumer<String> problems) {
        Map<Topic<?>, Duration> byTopic = new HashMap<>();
        for (Topic<?> topic : Topics.all()) {
            RetentionRange range = RetentionRange.of(topic);
            String value = range == null ? null : variables.apply(variable(topic));
            if (range == null || value == null) {
                continue;
            }
            Duration retention = parsed(value);
            if (retention == null || !range.holds(retention)) {
                problems.accept(variable(topic) + ": expected " + range + ", such as 36h or 7d, found '" + value + "'");
            } else {
                byTopic.put(topic, retention);
            }
        }
        return new Retentions(byTopic);
    }

    /** Name of the variable about a topic. */
    public static String variable(Topic<?> topic) {
        return "FOREBEAR_RETENTION_" + topic.name().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What an operator wants; null where it is as declared. */
    @Nullable
    Duration of(Topic<?> topic) {
        return byTopic.get(topic);
    }

    private static @Nullable Duration parsed(String value) {
        Matcher matcher = TIME.matcher(value.strip());
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
    }
}
