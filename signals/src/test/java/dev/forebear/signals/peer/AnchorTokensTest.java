package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnchorTokensTest {

    @Test
    void drawsAsNumpyDoesWithoutTokenizer() {
        int[] drawn = AnchorTokens.choose(null, 100);
        assertThat(Arrays.copyOf(drawn, 8)).containsExactly(83, 53, 70, 45, 44, 39, 22, 80);
    }

    @Test
    void drawsBelowFiftyThousandHoweverManyRows() {
        int[] drawn = AnchorTokens.choose(null, 900_000);
        assertThat(drawn).hasSize(64).doesNotHaveDuplicates();
        assertThat(Arrays.copyOf(drawn, 8)).containsExactly(33553, 9427, 199, 12447, 39489, 42724, 10822, 49498);
    }

    @Test
    void takesEveryRowOfSmallEmbedding() {
        assertThat(AnchorTokens.choose(null, 20)).hasSize(20).doesNotHaveDuplicates();
    }
}
