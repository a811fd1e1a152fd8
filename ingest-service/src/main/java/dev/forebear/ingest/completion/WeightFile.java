package dev.forebear.ingest.completion;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file says about its part in a checkpoint. */
public sealed interface WeightFile {

    /** One file with all weights. */
    record Whole() implements WeightFile {}

    /**
     * One of several files.
     *
     * @param set what the files have in common, for example {@code model.safetensors}
     * @param number of this file, from 1
     * @param count of all files
     */
    record Shard(String set, int number, int count) implements WeightFile {

        /** Whether a file of another name says which tensor is where. GGUF says it in its shards. */
        boolean needsIndex() {
            return !set.endsWith(".gguf");
        }
    }

    /** Says which tensor is in which shard of a set. */
    record Index(String set) implements WeightFile {}

    /** The part of a file by its path; empty for one that holds no weights. */
    static Optional<WeightFile> of(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        Matcher shard = Names.SHARD.matcher(name);
        if (shard.matches()) {
            String set = shard.group(1) + "." + shard.group(4);
            return Optional.of(new Shard(set, Integer.parseInt(shard.group(2)), Integer.parseInt(shard.group(3))));
        }
        if (Names.INDEX.matcher(name).matches()) {
            return Optional.of(new Index(name.substring(0, name.length() - Names.INDEX_ENDING.length())));
        }
        boolean weights = Names.WEIGHTS.matcher(name).matches()
                && !Names.OF_TRAINING.matcher(name).matches();
        return weights ? Optional.of(new Whole()) : Optional.empty();
    }

    /** The names that weights have, in lower case. */
    final class Names {

        private static final String INDEX_ENDING = ".index.json";
        private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{1,6})-of-(\\d{1,6})\\.(safetensors|gguf|bin)");
        private static final Pattern INDEX = Pattern.compile(".*\\.(safetensors|bin)\\.index\\.json");
        private static final Pattern WEIGHTS = Pattern.compile(".*\\.(safetensors|gguf|bin|pt|pth|onnx|npz)");

        /** What a trainer leaves beside them to go on from there. */
        private static final Pattern OF_TRAINING =
                Pattern.compile("(.*/)?(optimizer|scheduler|scaler|rng_state|training_args|trainer_state)[^/]*");

        private Names() {}
    }
}
