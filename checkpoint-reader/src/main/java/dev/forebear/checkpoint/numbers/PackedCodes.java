package dev.forebear.checkpoint.numbers;

/**
 * Codes of a few bits, one in each byte at the same place: the bits of a byte from {@code shift} on.
 *
 * @param shift 0 to 7
 * @param bits of a code, 1 to 7
 * @param zero the code that means 0
 */
public record PackedCodes(int shift, int bits, int zero) {

    public PackedCodes {
        if (shift < 0 || bits < 1 || bits >= Byte.SIZE || shift + bits > Byte.SIZE) {
            throw new IllegalArgumentException(
                    "expected 1 to 7 bits inside a byte, found " + bits + " from bit " + shift + " on");
        }
    }

    /**
     * Widens the codes of {@code count} bytes to scale · (code − zero) − minimum.
     *
     * @param first index of the first byte
     * @param at where in {@code into} the first value goes
     */
    public void widen(byte[] from, int first, int count, float scale, float minimum, float[] into, int at) {
        FloatLoops.FASTEST.codes(this, from, first, count, scale, minimum, into, at);
    }

    int mask() {
        return (1 << bits) - 1;
    }
}
