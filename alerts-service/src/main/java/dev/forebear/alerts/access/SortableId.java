package dev.forebear.alerts.access;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes identities that sort by time: 48 bits of milliseconds, then 80 random bits, as 26 letters and digits. */
public final class SortableId {

    /** Crockford's base 32: no letter looks like a digit. */
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;
    private static final int BITS = 5;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public SortableId(InstantSource clock) {
        this.clock = clock;
    }

    public String next() {
        var text = new StringBuilder(TIME_DIGITS + RANDOM_DIGITS);
        long millis = clock.millis();
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            text.append(DIGITS.charAt((int) (millis >>> (i * BITS)) & 31));
        }
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return text.toString();
    }
}
