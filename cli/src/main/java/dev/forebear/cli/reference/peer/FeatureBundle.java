package dev.forebear.cli.reference.peer;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.peer.ArchitectureFeature;
import dev.forebear.signals.peer.TokenizerFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The base features of one model: what its configuration and tokenizer say, and where the rest is.
 *
 * @param updatedAt when the database made them
 * @param tokenizer null when the database has none
 * @param normLayerMode direct or stats
 * @param normVectors number of norm vectors
 * @param deepSignals where the values are; null when the database has none
 */
record FeatureBundle(
        Instant updatedAt,
        ModelShape shape,
        ArchitectureFeature architecture,
        @Nullable TokenizerFeature tokenizer,
        String normLayerMode,
        int normVectors,
        @Nullable DeepSignalsReference deepSignals) {

    private static final List<String> SCRIPTS = List.of("Latin", "CJK", "Cyrillic", "Arabic", "Devanagari", "Other");

    /**
     * Where the values of the signals are.
     *
     * @param path relative to the database
     * @param signals those that must be there
     * @param sha256 of the file, hex; null when it is not said
     */
    record DeepSignalsReference(
            String path, Set<String> signals, @Nullable String sha256) {}

    /** @throws IOException with file, field, what was expected and found */
    static FeatureBundle of(Asset asset, JsonPart bundle) throws IOException {
        if (!bundle.text("asset_id").equals(asset.id())) {
            throw bundle.wrong("asset_id", "'" + asset.id() + "', as the catalogue says");
        }
        JsonPart mfi = bundle.part("mfi");
        JsonPart signals = bundle.part("signals");
        String mode = Objects.requireNonNullElse(signals.optionalText("nlf_mode"), "direct");
        if (!mode.equals("direct") && !mode.equals("stats")) {
            throw signals.wrong("nlf_mode", "direct or stats");
        }
        return new FeatureBundle(
                updatedAt(bundle),
                shape(mfi),
                architecture(mfi),
                tokenizer(bundle),
                mode,
                Objects.requireNonNullElse(signals.optionalCount("nlf_num_layers"), 0),
                deepSignals(bundle));
    }

    private static Instant updatedAt(JsonPart bundle) throws IOException {
        String text = bundle.optionalText("updated_at");
        try {
            return text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw bundle.wrong("updated_at", "a time");
        }
    }

    private static ModelShape shape(JsonPart mfi) throws IOException {
        int hidden = mfi.count("hidden_size");
        int heads = Objects.requireNonNullElse(mfi.optionalCount("num_attention_heads"), 0);
        Integer headSize = mfi.optionalCount("head_dim");
        String activation = mfi.optionalText("hidden_act");
        return new ModelShape(
                mfi.text("model_type"),
                hidden,
                mfi.count("num_hidden_layers"),
                Objects.requireNonNullElse(mfi.optionalCount("intermediate_size"), 0),
                heads,
                Objects.requireNonNullElse(mfi.optionalCount("num_key_value_heads"), heads),
                headSize == null ? hidden / Math.max(1, heads) : headSize,
                mfi.count("vocab_size"),
                1,
                activation != null && activation.contains("silu"),
                Boolean.TRUE.equals(mfi.optionalFlag("tie_word_embeddings")),
                "unknown");
    }

    private static ArchitectureFeature architecture(JsonPart mfi) throws IOException {
        return new ArchitectureFeature(
                mfi.text("arch_hash"),
                mfi.text("family_hash"),
                mfi.text("attention_style"),
                Objects.requireNonNullElse(mfi.optionalText("norm_type"), "unknown"),
                Objects.requireNonNullElse(mfi.optionalText("pos_encoding"), "unknown"),
                mfi.optionalFlag("attention_bias"),
                Boolean.TRUE.equals(mfi.optionalFlag("qk_norm")),
                mfi.optionalNumber("rope_theta"),
                mfi.optionalCount("bos_token_id"),
                mfi.optionalCount("eos_token_id"));
    }

    /** Without the strings of the vocabulary, and without a digest of all merges: the database keeps neither. */
    private static @Nullable TokenizerFeature tokenizer(JsonPart bundle) throws IOException {
        if (!bundle.node().path("tfv").has("vocab_size")) {
            return null;
        }
        JsonPart tfv = bundle.part("tfv");
        JsonPart special = tfv.part("special_token_ids");
        int merges = Objects.requireNonNullElse(tfv.optionalCount("num_merges"), 0);
        return new TokenizerFeature(
                Objects.requireNonNullElse(tfv.optionalText("tokenizer_class"), ""),
                tfv.count("vocab_size"),
                orZero(tfv.optionalNumber("avg_token_length")),
                orZero(tfv.optionalNumber("pct_whitespace_prefix")),
                scripts(tfv.part("script_distribution")),
                orZero(tfv.optionalNumber("pct_byte_tokens")) > 0,
                merges,
                merges == 0 ? "" : tfv.text("merge_rule_hash"),
                "",
                tfv.optionalCount("bos_token_id"),
                tfv.optionalCount("eos_token_id"),
                special.optionalCount("pad"),
                special.optionalCount("unk"),
                special.optionalCount("mask"),
                new byte[0]);
    }

    private static double[] scripts(JsonPart shares) throws IOException {
        double[] found = new double[SCRIPTS.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = orZero(shares.optionalNumber(SCRIPTS.get(i)));
        }
        return found;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static @Nullable DeepSignalsReference deepSignals(JsonPart bundle) throws IOException {
        for (JsonPart artifact : bundle.parts("artifact_refs")) {
            if (artifact.text("type").equals("deep_signals")) {
                Set<String> signals = new TreeSet<>();
                artifact.node().path("signals").forEach(signal -> signals.add(signal.asText()));
                String checksum = artifact.optionalText("checksum");
                if (checksum != null && !checksum.isEmpty() && !checksum.matches("sha256:[0-9a-f]{64}")) {
                    throw artifact.wrong("checksum", "sha256: and 64 hexadecimal digits");
                }
                return new DeepSignalsReference(
                        artifact.text("path"),
                        signals,
                        checksum == null || checksum.isEmpty() ? null : checksum.substring("sha256:".length()));
            }
        }
        return null;
    }
}
