package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.StableHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** 16-bit hashes that tell how many anchors two models share. */
final class AnchorHashes {

    private AnchorHashes() {}

    // The low half is free of the order in which anchors were chosen, which hangs on the high bits.
    static byte[] of(List<Token> tokens) {
        int[] hashes = tokens.stream()
                .mapToInt(token -> (int) (StableHash.of(token.key()) & 0xFFFF))
                .sorted()
                .toArray();
        ByteBuffer bytes = ByteBuffer.allocate(2 * hashes.length);
        for (int hash : hashes) {
            bytes.putShort((short) hash);
        }
        return bytes.array();
    }

    /** Number of hashes in both. */
    static int shared(byte[] a, byte[] b) {
        if (Arrays.equals(a, b)) {
            return a.length / 2;
        }
        ByteBuffer left = ByteBuffer.wrap(a);
        ByteBuffer right = ByteBuffer.wrap(b);
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            int compared = Integer.compare(left.getShort(i) & 0xFFFF, right.getShort(j) & 0xFFFF);
            shared += compared == 0 ? 1 : 0;
            i += compared <= 0 ? 2 : 0;
            j += compared >= 0 ? 2 : 0;
        }
        return shared;
    }
}
