package dev.forebear.checkpoint.gguf;

import java.nio.ByteBuffer;

/** Turns one block into values. */
interface BlockDecoder {

    /**
     * @param blocks little-endian; read by index
     * @param from where the block begins
     * @param at where its values go
     */
    void decode(ByteBuffer blocks, int from, float[] into, int at);
}
