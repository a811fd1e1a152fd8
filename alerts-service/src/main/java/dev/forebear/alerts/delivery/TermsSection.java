package dev.forebear.alerts.delivery;

import dev.forebear.alerts.delivery.Timing.Digest;
import dev.forebear.alerts.delivery.Timing.Immediate;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.yaml.Section;
import dev.forebear.schemas.wire.Severity;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what channels of all kinds have in common. Not thread-safe. */
final class TermsSection {

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Set<String> names = new HashSet<>();

    Terms terms(Section section) {
        return new Terms(name(section), audience(section), timing(section), quietHours(section));
    }

    private String name(Section section) {
        String name = section.text("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            section.problemAt("name", "expected lower-case letters, digits and hyphens, found '" + name + "'");
        }
        if (!name.isEmpty() && !names.add(name)) {
            section.problemAt("name", "expected a name of its own, found '" + name + "' again");
        }
        return name;
    }

    private static Audience audience(Section section) {
        List<String> rules = section.texts("rules");
        for (String rule : rules) {
            if (!NAME.matcher(rule).matches()) {
                section.problemAt(
                        "rules", "expected names of rules such as undisclosed-ancestry, found '" + rule + "'");
            }
        }
        return new Audience(
                section.choice("minimum-severity", Severity.LOW),
                Set.copyOf(rules),
                Set.copyOf(section.texts("teams")),
                Set.copyOf(section.texts("registries")));
    }

    private static Timing timing(Section section) {
        Immediate standard = Immediate.standard();
        Duration wait = duration(section, "group-wait", standard.groupWait(), Immediate.LONGEST_WAIT);
        Duration interval = duration(section, "group-interval", standard.groupInterval(), Immediate.LONGEST_INTERVAL);
        if (section.isMapping("when")) {
            if (section.has("group-wait") || section.has("group-interval")) {
                section.problem("expected 'group-wait' and 'group-interval' with 'when: immediate' only");
            }
            return digest(section.section("when"));
        }
        return section.parsed(
                "when", new Immediate(wait, interval), "immediate or {digest: daily, at: \"09:00\"}", text -> {
                    if ("immediate".equals(text)) {
                        return new Immediate(wait, interval);
                    }
                    throw new IllegalArgumentException("neither");
                });
    }

    private static Duration duration(Section section, String key, Duration fallback, Duration longest) {
        return section.parsed(key, fallback, "a duration such as 30s, at most " + words(longest), text -> {
            Duration duration = Environment.positiveDuration(text);
            if (duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("too long");
            }
            return duration;
        });
    }

    private static String words(Duration duration) {
        return duration.toDays() > 0 ? "P" + duration.toDays() + "D" : duration.toMinutes() + "m";
    }

    private static Digest digest(Section when) {
        if (!when.has("digest")) {
            when.problem("expected 'digest', found none");
        }
        return new Digest(
                when.choice("digest", Digest.Every.DAILY),
                when.choice("day", DayOfWeek.MONDAY),
                time(when, "at", LocalTime.of(9, 0)),
                zone(when));
    }

    private static @Nullable QuietHours quietHours(Section section) {
        if (!section.has("quiet-hours")) {
            return null;
        }
        Section quiet = section.section("quiet-hours");
        LocalTime from = time(quiet, "from", LocalTime.of(22, 0));
        LocalTime to = time(quiet, "to", LocalTime.of(7, 0));
        Severity unless = quiet.has("unless") ? quiet.choice("unless", Severity.CRITICAL) : null;
        ZoneId zone = zone(quiet);
        if (from.equals(to)) {
            quiet.problem("expected 'from' and 'to' to differ, found " + from + " twice");
            return null;
        }
        return new QuietHours(from, to, zone, unless);
    }

    private static LocalTime time(Section section, String key, LocalTime fallback) {
        return section.parsed(key, fallback, "a time of day such as \"09:00\"", text -> {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static ZoneId zone(Section section) {
        return section.parsed("zone", ZoneOffset.UTC, "a time zone such as Europe/Berlin", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }
}
