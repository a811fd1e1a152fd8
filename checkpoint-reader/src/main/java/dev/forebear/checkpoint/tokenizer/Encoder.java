package dev.forebear.checkpoint.tokenizer;

/** Cuts a string into token ids. */
interface Encoder {

    int[] encode(String text);
}
