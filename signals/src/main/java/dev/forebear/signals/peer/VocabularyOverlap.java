package dev.forebear.signals.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vocabulary overlap (the peer's VOA): the Jaccard index of two sets of token strings. Costs tokenizer.json. In a
 * fingerprint it is estimated from 512 minimum hashes of 4 bits each, with a standard deviation of at most 0.024.
 */
final class VocabularyOverlap {

    private static final int HASHES = 512;
    private static final int VALUES = 16;

    private VocabularyOverlap() {}

    /** 0 to 1, rounded; null when both sets are empty. */
    static @Nullable Double jaccard(Set<String> a, Set<String> b) {
        Set<String> common = new HashSet<>(a);
        common.retainAll(b);
        int union = a.size() + b.size() - common.size();
        return union == 0 ? null : VectorSimilarity.round((double) common.size() / union);
    }

    /** 512 minimum hashes of 4 bits, two a byte, the first in the low half; empty for an empty set. */
    static byte[] minHash(Collection<String> tokens) {
        if (tokens.isEmpty()) {
            return new byte[0];
        }
        long[] smallest = new long[HASHES];
        Arrays.fill(smallest, Long.MAX_VALUE);
        for (String token : tokens) {
            long hash = hash(token);
            for (int i = 0; i < HASHES; i++) {
                smallest[i] = Math.min(smallest[i], Mixing.mix(hash + i * Mixing.GOLDEN_GAMMA));
            }
        }
        byte[] packed = new byte[HASHES / 2];
        for (int i = 0; i < HASHES; i++) {
            packed[i / 2] |= (byte) ((smallest[i] & 0xF) << 4 * (i % 2));
        }
        return packed;
    }

    /** Estimated Jaccard index, 0 to 1, rounded; null when a side has no hashes. */
    static @Nullable Double estimate(byte[] a, byte[] b) {
        if (a.length != HASHES / 2 || b.length != HASHES / 2) {
            return null;
        }
        int equal = 0;
        for (int i = 0; i < a.length; i++) {
            int difference = a[i] ^ b[i];
            equal += (difference & 0x0F) == 0 ? 1 : 0;
            equal += (difference & 0xF0) == 0 ? 1 : 0;
        }
        double byChance = 1.0 / VALUES;
        return VectorSimilarity.round(Math.max(0, ((double) equal / HASHES - byChance) / (1 - byChance)));
    }

    private static long hash(String token) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (byte unit : token.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (unit & 0xFF)) * 0x100000001b3L;
        }
        return Mixing.mix(hash);
    }
}
