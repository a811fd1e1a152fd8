package dev.forebear.checkpoint.tokenizer;

import org.jspecify.annotations.Nullable;

/** Ids that tokenizer_config.json gives to the tokens with a task, and its class. */
record SpecialTokens(
        String tokenizerClass,
        @Nullable Integer bos,
        @Nullable Integer eos,
        @Nullable Integer pad,
        @Nullable Integer unk,
        @Nullable Integer mask) {}
