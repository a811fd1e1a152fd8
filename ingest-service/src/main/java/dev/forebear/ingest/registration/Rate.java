package dev.forebear.ingest.registration;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so much time.
 *
 * @param count at least one
 * @param period a second, a minute or an hour
 */
public record Rate(int count, Duration period) {

    private static final Pattern TEXT = Pattern.compile("(?<count>[1-9]\\d{0,8})/(?<unit>[smh])");

    public Rate {
        if (count < 1 || !period.isPositive()) {
            throw new IllegalArgumentException("expected a positive rate, found " + count + " in " + period);
        }
    }

    /**
     * Reads {@code 100/s}, {@code 100/m} or {@code 100/h}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Rate parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("expected a rate such as 100/s or 6000/m, found '" + text + "'");
        }
        Duration period =
                switch (found.group("unit")) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new Rate(Integer.parseInt(found.group("count")), period);
    }

    public double perSecond() {
        return count / (double) period.toSeconds();
    }
}
