package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsDigestTest {

    private final Zoo zoo = Zoo.open();

    @TempDir
    private Path folder;

    @Test
    void isTheSameForACopyInOtherShards() throws IOException {
        assertThat(digest("base-a-copy")).isEqualTo(digest("base-a"));
    }

    @Test
    void differsAfterTraining() throws IOException {
        assertThat(digest("base-a-sft-light")).isNotEqualTo(digest("base-a"));
    }

    @Test
    void differsForOtherTokenIds() throws IOException {
        assertThat(digest("base-a-adv-vocab-shuffled")).isNotEqualTo(digest("base-a"));
    }

    @Test
    void seesOneChangedValueInASmallTensor() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        patched.set("model.layers.3.mlp.down_proj.weight", 4_321, (short) 0x3F80);
        assertThat(digest(patched)).isNotEqualTo(digest("base-a"));
    }

    @Test
    void seesTheFirstAndTheLastValueOfALargeTensor() throws IOException {
        PatchedModel patched = PatchedModel.of("base-a", folder);
        patched.set("model.embed_tokens.weight", 1_024 * 64 - 1, (short) 0x3F80);
        byte[] last = digest(patched);
        patched.set("model.embed_tokens.weight", 0, (short) 0x3F80);
        assertThat(last).isNotEqualTo(digest("base-a")).isNotEqualTo(digest(patched));
    }

    @Test
    void isOfAFixedValueSoThatStoredDigestsStayComparable() throws IOException {
        assertThat(digest("base-a"))
                .asHexString()
                .isEqualTo("AE85B5BC77906B1AC356F36E40E632DBF9E350285B8DDB1888E78352CA8AC012");
    }

    private byte[] digest(String model) throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint(model)) {
            return WeightsDigest.of(checkpoint);
        }
    }

    private static byte[] digest(PatchedModel model) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(model.folder()))) {
            return WeightsDigest.of(checkpoint);
        }
    }
}
