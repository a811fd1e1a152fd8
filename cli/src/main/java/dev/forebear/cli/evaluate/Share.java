package dev.forebear.cli.evaluate;

/**
 * So many of so many.
 *
 * @param count those that are meant
 * @param of all of them
 */
record Share(int count, int of) {

    Share {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("share: expected 0 to " + of + ", found " + count);
        }
    }

    /** 0 to 1; NaN of nothing. */
    double value() {
        return of == 0 ? Double.NaN : (double) count / of;
    }
}
