package dev.forebear.checkpoint;

/**
 * How weights were rounded to few bits.
 *
 * @param scheme what practitioners call it, such as "GPTQ 4 bit", "FP8 E4M3" or "Q4_K"
 * @param bits bits of one code, without scales
 * @param grouping which values share a scale, such as "groups of 32"; empty where the scheme fixes it
 */
public record Quantisation(String scheme, int bits, String grouping) {

    /** A scheme that fixes which values share a scale. */
    public static Quantisation of(String scheme, int bits) {
        return new Quantisation(scheme, bits, "");
    }

    /** For people: the scheme and what shares a scale. */
    @Override
    public String toString() {
        return grouping.isEmpty() ? scheme : scheme + ", " + grouping;
    }
}
