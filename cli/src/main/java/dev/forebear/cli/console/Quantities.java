package dev.forebear.cli.console;

import java.util.Locale;

/** Amounts as people read them. */
public final class Quantities {

    private static final String[] BYTE_UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final String[] COUNT_UNITS = {"", " thousand", " million", " billion", " trillion"};

    private Quantities() {}

    /** Bytes in decimal units: {@code 431 kB}. */
    public static String bytes(long bytes) {
        return scaled(bytes, BYTE_UNITS, " ");
    }

    /** A count in words: {@code 8.03 billion}. */
    public static String count(long count) {
        return scaled(count, COUNT_UNITS, "");
    }

    /** A chance given by its log10: {@code 1 in 10^82}; {@code 0.02} where that reads better. */
    public static String chance(double log10) {
        if (log10 >= 0) {
            return "1";
        }
        if (log10 > -3) {
            return String.format(Locale.ROOT, "%.2g", Math.pow(10, log10));
        }
        return "10^" + Math.round(Math.ceil(log10));
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
