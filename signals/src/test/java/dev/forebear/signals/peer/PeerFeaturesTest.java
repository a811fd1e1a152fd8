package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerFeaturesTest {

    @TempDir
    private Path folder;

    @Test
    void modelOfMoreThan256BlocksIsComparedWithoutThem() throws IOException {
        PeerFeatures features = featuresOfBlocks(0, 256);
        assertThat(features.layerEnergyProfile()).isEmpty();
        assertThat(features.weightValueSketches()).isEmpty();
    }

    @Test
    void blockWithoutSketchKeepsItsPlace() throws IOException {
        PeerFeatures features = featuresOfBlocks(1, 255);
        assertThat(features.layerEnergyProfile()).hasSize(256);
        assertThat(features.weightValueSketches()).hasSize(256);
    }

    @Test
    void zeroWeightsAreNotComparable() throws IOException {
        PeerFeatures features = featuresOfBlocks(0, 1);
        assertThat(features.weightValueSketches()).allMatch(sketch -> sketch.length == 0);
        assertThat(features.anchorSimilarities()).isEmpty();
        assertThat(features.normLayerSketch()).isEmpty();
        assertThat(features.normLayerLength()).isZero();
    }

    @Test
    void travelsInFewKilobytes() throws IOException {
        PeerFeatures features = PeerFeatures.of(GoldenZoo.open("base-a"));
        assertThat(features.anchorSimilarities()).hasSize(64 * 63 / 2);
        assertThat(features.embeddingNormHistogram()).hasSize(20);
        assertThat(features.layerEnergyProfile()).hasSize(4);
        assertThat(features.normLayerMode()).isEqualTo("direct");
        assertThat(features.normLayerLength()).isEqualTo(576);
        assertThat(features.normLayerSketch()).hasSize(256);
        assertThat(features.weightValueSketches()).hasSize(4).allMatch(sketch -> sketch.length == 64);
        assertThat(features.tokenizer().vocabularyMinHash()).hasSize(256);
    }

    private PeerFeatures featuresOfBlocks(int... blocks) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"llama\",\"hidden_size\":8}");
        SparseSafetensors file = new SparseSafetensors();
        for (int block : blocks) {
            file.add("model.layers." + block + ".self_attn.q_proj.weight", 8, 8);
        }
        file.write(folder.resolve("model.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            return PeerFeatures.of(checkpoint);
        }
    }
}
