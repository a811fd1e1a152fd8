package dev.forebear.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
public final class Quantities {

    private static final String[] BYTE_UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final String[] COUNT_UNITS = {"", " thousand", " million", " billion", " trillion"};

    private static final double MOST = 18;
    private static final double CAP = -300;

    private Quantities() {}

    /** Bytes in decimal units: {@code 431 kB}. */
    public static String bytes(long bytes) {
        return scaled(bytes, BYTE_UNITS, " ");
    }

    /** A count in words: {@code 8.03 billion}. */
    public static String count(long count) {
        return scaled(count, COUNT_UNITS, "");
    }

    /**
     * A chance given by its log10, never smaller than it is: {@code 10^-82}, or {@code 0.02} where that reads better.
     */
    public static String chance(double log10) {
        if (log10 >= 0) {
            return "1";
        }
        if (log10 > -3) {
            return String.format(Locale.ROOT, "%.2g", Math.pow(10, log10));
        }
        return (log10 <= CAP ? "below " : "") + "10^" + Math.round(Math.ceil(log10));
    }

    /** An expected number given by its log10; as a chance where it is below one. */
    public static String expected(double log10) {
        return log10 < 0 ? chance(log10) : "%,d".formatted(Math.round(Math.pow(10, Math.min(log10, MOST))));
    }

    /** A time in one or two units: {@code 840 ms}, {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 2 d}. */
    public static String duration(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return time.toMillis() + " ms";
        }
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return time.toSeconds() + " s";
        }
        if (time.compareTo(Duration.ofHours(2)) < 0) {
            return time.toMinutes() + " min";
        }
        return time.compareTo(Duration.ofDays(2)) < 0 ? time.toHours() + " h" : time.toDays() + " d";
    }

    private static String scaled(long amount, String[] units, String gap) {
        double scaled = amount;
        int unit = 0;
        while (scaled >= 999.5 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        int digits = unit == 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f%s%s", scaled, gap, units[unit]);
    }
}
