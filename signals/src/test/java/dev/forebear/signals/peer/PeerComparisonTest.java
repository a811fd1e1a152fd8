package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerComparisonTest {

    @Test
    void everyModelIsOneWithItself() throws IOException {
        for (String model : GoldenZoo.models()) {
            PeerComparison comparison = PeerComparison.between(GoldenZoo.open(model), GoldenZoo.open(model));
            assertThat(comparison.signals())
                    .as(model)
                    .extracting(SignalSimilarity::similarity)
                    .allMatch(similarity -> similarity == null || similarity == 1);
            assertThat(comparison.architectureTier()).isEqualTo(1);
            assertThat(comparison.tokenizerScore()).isEqualTo(1);
            assertThat(comparison.identity()).isEqualTo(new IdentityScore(1.0, IdentityScore.Band.HIGH_CONFIDENCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-b", "base-g", "base-a-large", "base-a-depth-up", "base-a-width-pruned", "base-a-moe"})
    void orderOfCheckpointsDoesNotMatter(String model) throws IOException {
        PeerComparison there = PeerComparison.between(GoldenZoo.open("base-a"), GoldenZoo.open(model));
        PeerComparison back = PeerComparison.between(GoldenZoo.open(model), GoldenZoo.open("base-a"));
        assertThat(back.signals()).isEqualTo(there.signals());
        assertThat(back.identity()).isEqualTo(there.identity());
        assertThat(back.weightValueCosines()).isEqualTo(there.weightValueCosines());
        assertThat(back.a()).usingRecursiveComparison().isEqualTo(there.b());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-a-adv-permuted", "base-a-adv-rotated"})
    void launderingSilencesWeightValuesButNotEmbeddings(String laundered) throws IOException {
        PeerComparison comparison = PeerComparison.between(GoldenZoo.open("base-a"), GoldenZoo.open(laundered));
        assertThat(similarity(comparison, PeerSignal.WEIGHT_VALUES)).isLessThan(0.02);
        assertThat(similarity(comparison, PeerSignal.EMBEDDING_ANCHORS)).isGreaterThan(0.999);
        assertThat(similarity(comparison, PeerSignal.EMBEDDING_NORMS)).isGreaterThan(0.999);
    }

    @Test
    void shufflingTheVocabularyChangesAnchorsAlone() throws IOException {
        PeerComparison comparison =
                PeerComparison.between(GoldenZoo.open("base-a"), GoldenZoo.open("base-a-adv-vocab-shuffled"));
        assertThat(similarity(comparison, PeerSignal.EMBEDDING_ANCHORS)).isLessThan(0.9);
        assertThat(similarity(comparison, PeerSignal.EMBEDDING_NORMS)).isEqualTo(1);
        assertThat(similarity(comparison, PeerSignal.LAYER_ENERGY)).isEqualTo(1);
        assertThat(similarity(comparison, PeerSignal.WEIGHT_VALUES)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-a-fp8", "base-a-gptq", "base-a-gguf-q8"})
    void readsPackedWeightsAsTheValuesThatTheyStandFor(String packed) throws IOException {
        try (Checkpoint checkpoint = GoldenZoo.openUnshared(packed)) {
            PeerComparison comparison = PeerComparison.between(GoldenZoo.open("base-a"), checkpoint);
            assertThat(similarity(comparison, PeerSignal.LAYER_ENERGY)).isGreaterThan(0.99);
            assertThat(similarity(comparison, PeerSignal.WEIGHT_VALUES)).isGreaterThan(0.95);
            assertThat(similarity(comparison, PeerSignal.EMBEDDING_ANCHORS)).isGreaterThan(0.999);
            assertThat(PeerFeatures.of(checkpoint).weightValueSketches()).hasSize(4);
        }
    }

    @Test
    void missingTokenizerLeavesTokenizerSignalsNotComparable(@TempDir Path folder) throws IOException {
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(Path.of("..", "zoo", "base-a", file), folder.resolve(file));
        }
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            PeerComparison comparison = PeerComparison.between(checkpoint, GoldenZoo.open("base-a"));
            assertThat(similarity(comparison, PeerSignal.TOKENIZER_VECTOR)).isNull();
            assertThat(similarity(comparison, PeerSignal.VOCABULARY_OVERLAP)).isNull();
            assertThat(comparison.tokenizerScore()).isNull();
            assertThat(comparison.a().anchorIds()).hasSize(64);
            assertThat(PeerFeatures.of(checkpoint).tokenizer()).isNull();
        }
    }

    @Test
    void portraitsHoldWhatIsDrawn() throws IOException {
        PeerComparison comparison = PeerComparison.between(GoldenZoo.open("base-a"), GoldenZoo.open("base-g"));
        PeerPortrait portrait = comparison.a();
        assertThat(portrait.anchorCosines()).hasDimensions(64, 64);
        assertThat(portrait.embeddingNormShares()).hasSize(20);
        assertThat(portrait.smallestEmbeddingNorm()).isLessThan(portrait.largestEmbeddingNorm());
        assertThat(portrait.layerEnergies()).hasSize(4).contains(1);
        assertThat(portrait.normLayers()).hasSize(9 * 64);
        assertThat(comparison.b().normLayers()).hasSize(18 * 64);
        assertThat(comparison.weightValueCosines()).isEmpty();
    }

    private static @Nullable Double similarity(PeerComparison comparison, PeerSignal signal) {
        return comparison.signals().get(signal.ordinal()).similarity();
    }
}
