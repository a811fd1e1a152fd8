package dev.forebear.signals.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampledExpertsTest {

    @Test
    void takesAllOfAFew() {
        assertThat(SampledExperts.of(8, 8)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(SampledExperts.of(0, 8)).isEmpty();
    }

    @Test
    void spreadsAFewOverMany() {
        assertThat(SampledExperts.of(128, 8)).containsExactly(0, 16, 32, 48, 64, 80, 96, 112);
        assertThat(SampledExperts.of(512, 4)).containsExactly(0, 128, 256, 384);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 60, 61, 129, 257, 4_096})
    void takesFewerFromAmongMore(int experts) {
        for (int most = 1; most < Math.min(40, experts); most++) {
            int[] fewer = SampledExperts.of(experts, most);
            int[] more = SampledExperts.of(experts, most + 1);
            assertThat(fewer).hasSize(most).doesNotHaveDuplicates().isSorted();
            assertThat(Arrays.stream(more).boxed())
                    .containsAll(Arrays.stream(fewer).boxed().toList())
                    .allMatch(expert -> expert < experts);
        }
    }
}
