package dev.forebear.checkpoint.gguf;

/** Turns one block into values. */
interface BlockDecoder {

    /**
     * @param blocks of whole blocks
     * @param from where the block begins
     * @param at where its values go
     */
    void decode(byte[] blocks, int from, float[] into, int at);
}
