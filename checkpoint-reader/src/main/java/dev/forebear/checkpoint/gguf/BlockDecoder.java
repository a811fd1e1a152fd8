package dev.forebear.checkpoint.gguf;

import java.lang.foreign.MemorySegment;

/** Turns one block into values. */
interface BlockDecoder {

    /**
     * @param blocks of whole blocks
     * @param from where the block begins
     * @param at where its values go
     */
    void decode(MemorySegment blocks, long from, float[] into, int at);
}
