package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights as nobody wants them, and models as small as they come. */
class LaunderedInputTest {

    private static final SyntheticLlama BASE = SyntheticLlama.random(1, 32, 64, 2, 400);
    private static final SyntheticLlama STRANGER = SyntheticLlama.random(2, 32, 64, 2, 400);

    @TempDir
    private Path folder;

    @Test
    void findsALaunderedCopyOfRandomWeights() throws IOException {
        LaunderedComparison compared = compare(BASE, BASE.laundered(3));
        assertThat(compared.agreement()).isEqualTo(1);
        assertThat(compared.feedForward()).isGreaterThan(0.999);
        assertThat(compared.queryKey()).isGreaterThan(0.999);
        assertThat(compared.valueOutput()).isGreaterThan(0.999);
        assertThat(compared.notComparable()).isEmpty();
    }

    @Test
    void readsBothInEitherOrderAlike() throws IOException {
        SyntheticLlama related = BASE.with("layers.1", STRANGER).laundered(4);
        LaunderedComparison forth = compare(BASE, related);
        LaunderedComparison back = compare(related, BASE);
        assertThat(forth.agreement()).isEqualTo(back.agreement());
        assertThat(forth.sharedFunction()).isCloseTo(back.sharedFunction(), within(1e-9));
    }

    @Test
    void aSharedEmbeddingIsNoLineage() throws IOException {
        LaunderedComparison compared = compare(BASE, STRANGER.with("embed_tokens", BASE));
        assertThat(compared.agreement()).isLessThan(0.15);
        assertThat(compared.showsLineage(Decoys.NONE)).isFalse();
    }

    @Test
    void oneLayerIsEnough() throws IOException {
        SyntheticLlama shallow = SyntheticLlama.random(5, 32, 64, 1, 400);
        assertThat(compare(shallow, shallow.laundered(6)).showsLineage(Decoys.NONE))
                .isTrue();
    }

    @Test
    void fewSharedTokensAreNotComparable() throws IOException {
        SyntheticLlama fewTokens = SyntheticLlama.random(7, 32, 64, 2, 127);
        LaunderedComparison compared = compare(BASE, fewTokens);
        assertThat(compared.agreement()).isNaN();
        assertThat(compared.sharedFunction()).isNaN();
        assertThat(compared.showsLineage(Decoys.NONE)).isFalse();
        assertThat(compared.notComparable())
                .hasSize(4)
                .contains("neuron-agreement: expected at least 128 shared tokens, found 127");
    }

    @Test
    void weightsThatAreNotNumbersAreNotComparable() throws IOException {
        LaunderedComparison compared =
                compare(BASE, BASE.constant("up_proj", Float.NaN).constant("k_proj", Float.NaN));
        assertThat(compared.agreement()).isNaN();
        assertThat(compared.feedForward()).isNaN();
        assertThat(compared.queryKey()).isNaN();
        assertThat(compared.notComparable())
                .containsExactly(
                        "neuron-agreement: expected MLPs of one kind with at least 32 neurons in each that respond to"
                                + " tokens, found none",
                        "feed-forward-function: expected up and down that respond to tokens, found none",
                        "query-key-function: expected query and key of whole heads that respond to tokens, found none");
    }

    @Test
    void neuronsThatAreAllAlikeAreNotComparable() throws IOException {
        SyntheticLlama alike = BASE.constant("mlp", 0.25F);
        assertThat(compare(alike, alike.laundered(8)).agreement()).isNaN();
        assertThat(compare(BASE.constant("embed_tokens", 1), BASE).showsLineage(Decoys.NONE))
                .isFalse();
    }

    @Test
    void alignsNothingThatIsZero() throws IOException {
        try (Checkpoint first = BASE.constant("v_proj", 0).write(folder.resolve("a"));
                Checkpoint second = BASE.write(folder.resolve("b"))) {
            TokenFreeAlignment found = TokenFreeAlignment.between(ModelWeights.of(first), ModelWeights.of(second));
            assertThat(found.valueOutput()).isNaN();
            assertThat(found.why()).startsWith("expected value and output weights");
        }
    }

    private LaunderedComparison compare(SyntheticLlama a, SyntheticLlama b) throws IOException {
        try (Checkpoint first = a.write(folder.resolve("a"));
                Checkpoint second = b.write(folder.resolve("b"))) {
            return LaunderedZoo.compare(first, second);
        }
    }
}
