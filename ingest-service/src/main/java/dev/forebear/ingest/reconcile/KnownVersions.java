package dev.forebear.ingest.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The model versions that were announced, each with its content. Only 16 bytes of a digest are kept of each, twice: 50
 * MB hold a million. Thread-safe.
 */
final class KnownVersions {

    private static final int FIRST_SLOTS = 1 << 10;
    private static final double MAX_LOAD = 0.6;
    private static final String ANY_CONTENT = "\nany";
    private static final String UNTOLD_CONTENT = "\nuntold";
    private static final String CONTENT = "\ncontent\n";

    /** Open addressing, two words a slot; both zero in a free one. */
    private long[] words = new long[2 * FIRST_SLOTS];

    private int taken;

    /** Notes an announced version; the tag is null where its content was not told. */
    synchronized void add(String modelVersionId, @Nullable String contentTag) {
        put(modelVersionId + ANY_CONTENT);
        put(modelVersionId + (contentTag == null ? UNTOLD_CONTENT : CONTENT + contentTag));
    }

    /** Whether the version was announced with this content, or either side does not tell the content. */
    synchronized boolean contains(String modelVersionId, @Nullable String contentTag) {
        return contentTag == null
                ? has(modelVersionId + ANY_CONTENT)
                : has(modelVersionId + CONTENT + contentTag) || has(modelVersionId + UNTOLD_CONTENT);
    }

    private void put(String text) {
        if (taken >= MAX_LOAD * words.length / 2) {
            grow();
        }
        ByteBuffer digest = digest(text);
        put(digest.getLong(0), digest.getLong(8));
    }

    private void put(long high, long low) {
        int slot = slot(high, low);
        if (words[slot] == 0 && words[slot + 1] == 0) {
            words[slot] = high;
            words[slot + 1] = low;
            taken++;
        }
    }

    private boolean has(String text) {
        ByteBuffer digest = digest(text);
        int slot = slot(digest.getLong(0), digest.getLong(8));
        return words[slot] != 0 || words[slot + 1] != 0;
    }

    /** Where the entry is, or would be put. */
    private int slot(long high, long low) {
        int slots = words.length / 2;
        int slot = (int) Math.floorMod(low, (long) slots);
        while ((words[2 * slot] != 0 || words[2 * slot + 1] != 0)
                && (words[2 * slot] != high || words[2 * slot + 1] != low)) {
            slot = slot + 1 == slots ? 0 : slot + 1;
        }
        return 2 * slot;
    }

    private void grow() {
        long[] former = words;
        words = new long[Math.multiplyExact(former.length, 2)];
        taken = 0;
        for (int i = 0; i < former.length; i += 2) {
            if (former[i] != 0 || former[i + 1] != 0) {
                put(former[i], former[i + 1]);
            }
        }
    }

    private static ByteBuffer digest(String text) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
