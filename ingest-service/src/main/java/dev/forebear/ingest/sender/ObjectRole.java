package dev.forebear.ingest.sender;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an object's file name says about a checkpoint: does it complete one, is it a part of one, or neither? */
enum ObjectRole {
    /** One file with all weights, or the index of a sharded checkpoint: announces it. */
    ANNOUNCES,
    /** One of several files; another object announces the checkpoint. */
    SHARD,
    /** No weights. */
    OTHER;

    private static final Pattern SHARD_NAME = Pattern.compile(".*-(\\d{1,6})-of-(\\d{1,6})\\.(safetensors|gguf|bin)");

    /** The role of a file by its name without folders. */
    static ObjectRole of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        Matcher shard = SHARD_NAME.matcher(name);
        if (shard.matches()) {
            // GGUF has no index: its last shard stands for the whole.
            boolean last = shard.group(3).equals("gguf") && shard.group(1).equals(shard.group(2));
            return last ? ANNOUNCES : SHARD;
        }
        boolean announces = name.endsWith(".safetensors")
                || name.endsWith(".safetensors.index.json")
                || name.endsWith(".gguf")
                || name.equals("pytorch_model.bin")
                || name.equals("pytorch_model.bin.index.json");
        return announces ? ANNOUNCES : OTHER;
    }
}
