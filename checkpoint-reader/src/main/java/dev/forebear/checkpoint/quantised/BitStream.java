package dev.forebear.checkpoint.quantised;

/**
 * Codes of few bits that follow each other in words of 32 bits, the first in the lowest bits. Codes of 3 bits may begin
 * in one word and end in the next.
 *
 * <pre>
 *   4 bits   77776666 55554444 33332222 11110000
 *   3 bits   aa999888 77766655 54443332 22111000 | ...a
 * </pre>
 */
final class BitStream {

    private BitStream() {}

    /**
     * The code that begins at a bit of a stream.
     *
     * @param start index of the first word of the stream
     * @param stride how far apart its words are
     */
    static int code(int[] words, int start, int stride, long bit, int bits) {
        int word = start + (int) (bit / Integer.SIZE) * stride;
        int shift = (int) (bit % Integer.SIZE);
        int code = words[word] >>> shift;
        if (shift + bits > Integer.SIZE) {
            code |= words[word + stride] << (Integer.SIZE - shift);
        }
        return code & (1 << bits) - 1;
    }
}
