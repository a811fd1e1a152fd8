package dev.forebear.signals.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children whose rows were drowned in noise until they keep 4 % of their direction, the least of published pairs. */
class DriftTest {

    private static final double COSINE = 0.04;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-a-sft-light",
                "base-a-sft-heavy",
                "base-a-cpt",
                "base-a-grandchild",
                "base-a-lora-merged",
                "base-a-vocab-ext",
                "base-a-vocab-rebuilt",
                "base-a-layer-pruned",
                "base-a-depth-up",
                "base-a-merge-slerp",
                "base-a-adv-noise"
            })
    void findsChildrenThatDriftedFar(String child) throws IOException {
        CheckpointComparison compared = compare(child);
        // What such a child does to tokens is all but gone, so lineage and a shared seed can not be told apart.
        assertThat(compared.judge(1_000).verdict()).isIn(Verdict.DERIVED, Verdict.SHARED_INITIALISATION_OR_LINEAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-a-rerun", "base-c", "trap-config"})
    void accusesNoStranger(String stranger) throws IOException {
        assertThat(compare(stranger).judge(1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    private CheckpointComparison compare(String model) throws IOException {
        return CheckpointComparison.between(
                EditedModel.of("base-a").write(folder.resolve("base")),
                EditedModel.of(model).drift(COSINE, model.hashCode()).write(folder.resolve("drifted")));
    }
}
