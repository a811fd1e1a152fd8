package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoysTest {

    @Test
    void unrelatedModelsRaiseTheBarToFiveTimesTheirLargest() {
        Decoys decoys = Decoys.of(Collections.nCopies(10, comparison(0.03, 0.08)));
        assertThat(decoys.cells()).isEqualTo(160);
        assertThat(decoys.exceededBy(comparison(1, 0.39))).isFalse();
        assertThat(decoys.exceededBy(comparison(1, 0.41))).isTrue();
    }

    @Test
    void noDecoysEverLowerTheBar() {
        Decoys decoys = Decoys.of(Collections.nCopies(10, comparison(0.03, 0.01)));
        assertThat(decoys.exceededBy(comparison(1, 0.24))).isFalse();
        assertThat(Decoys.NONE.exceededBy(comparison(1, 0.24))).isFalse();
        assertThat(Decoys.NONE.exceededBy(comparison(1, 0.26))).isTrue();
    }

    @Test
    void fewerThanAHundredCellsAreNoDecoys() {
        Decoys few = Decoys.of(Collections.nCopies(6, comparison(0.03, 0.08)));
        assertThat(few.exceededBy(comparison(1, 0.26))).isTrue();
    }

    @Test
    void modelsWhoseNeuronsAgreeAreNoDecoys() {
        assertThat(Decoys.of(List.of(comparison(0.16, 0.9), comparison(Double.NaN, 0.9))))
                .isEqualTo(Decoys.NONE);
    }

    private static LaunderedComparison comparison(double agreement, double function) {
        return new LaunderedComparison(
                agreement,
                function,
                Double.NaN,
                Double.NaN,
                function,
                Double.NaN,
                Double.NaN,
                16,
                List.of(),
                List.of());
    }
}
