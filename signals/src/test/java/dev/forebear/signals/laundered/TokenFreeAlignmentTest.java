package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFreeAlignmentTest {

    private final Zoo zoo = Zoo.open();

    @ParameterizedTest
    @CsvSource({
        "base-a, base-a-adv-all",
        "base-a-adv-rotated, base-a-cpt",
        "base-a-adv-all, base-a-vocab-rebuilt",
        "base-a-adv-permuted, base-a-adv-rotated",
        "base-a-adv-all, base-a-moe",
    })
    void alignsLaunderedCopiesWithoutAnyToken(String a, String b) throws IOException {
        TokenFreeAlignment found = align(a, b);
        assertThat(found.valueOutput()).isGreaterThan(2 * TokenFreeAlignment.LEAST);
        assertThat(found.queryKey()).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @CsvSource({
        "base-a, base-a-rerun",
        "base-c, base-b",
        "trap-config, base-a",
        "trap-config, base-a-moe",
        "base-a, base-a-sameinit",
        "base-a, base-a-distill-scratch",
    })
    void alignsNothingBetweenStrangersStudentsAndModelsOfOneSeed(String a, String b) throws IOException {
        TokenFreeAlignment found = align(a, b);
        assertThat(found.valueOutput()).isBetween(-0.05, 0.15);
        assertThat(found.queryKey()).isLessThan(0.15);
    }

    @Test
    void saysWhyModelsOfOtherShapesAreNotComparable() throws IOException {
        assertThat(align("base-a", "base-a-large").why()).isEqualTo("expected equal hidden sizes, found 64 and 96");
        assertThat(align("base-a", "base-g").why())
                .isEqualTo("expected MLPs of one kind, found one with a gate and one without");
        assertThat(align("base-a", "base-g").valueOutput()).isNaN();
    }

    @Test
    void alignsMlpsWithoutAGate() throws IOException {
        assertThat(align("base-g", "base-g").valueOutput()).isGreaterThan(0.99);
    }

    @Test
    void joinsWhatWasFoundWithTokens() throws IOException {
        LaunderedComparison compared =
                LaunderedZoo.pair("base-a", "base-a-adv-all").compared();
        assertThat(compared.tokenFreeValueOutput()).isNaN();

        LaunderedComparison joined = compared.with(align("base-a", "base-a-adv-all"));
        assertThat(joined.tokenFreeValueOutput()).isGreaterThan(0.9);
        assertThat(joined.evidence()).hasSize(5);
        assertThat(compared.with(align("base-a", "base-g")).notComparable())
                .containsExactly(
                        "token-free-alignment: expected MLPs of one kind, found one with a gate and one without");
    }

    private TokenFreeAlignment align(String a, String b) throws IOException {
        try (Checkpoint first = zoo.checkpoint(a);
                Checkpoint second = zoo.checkpoint(b)) {
            return TokenFreeAlignment.between(ModelWeights.of(first), ModelWeights.of(second));
        }
    }
}
