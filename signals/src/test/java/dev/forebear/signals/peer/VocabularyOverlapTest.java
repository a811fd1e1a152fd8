package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyOverlapTest {

    private static final double DEVIATION = 0.024;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1_000, 1_900, 2_000})
    void estimateStaysWithinFourDeviationsOfTheIndex(int common) {
        Set<String> a = tokens(0, 2_000);
        Set<String> b = tokens(2_000 - common, 4_000 - common);
        double exact = VocabularyOverlap.jaccard(a, b);
        double estimate = VocabularyOverlap.estimate(VocabularyOverlap.minHash(a), VocabularyOverlap.minHash(b));
        assertThat(estimate).isCloseTo(exact, within(4 * DEVIATION));
    }

    @Test
    void equalSetsHaveEqualHashes() {
        Set<String> tokens = tokens(0, 100);
        byte[] hashes = VocabularyOverlap.minHash(tokens);
        assertThat(hashes).hasSize(256).isEqualTo(VocabularyOverlap.minHash(tokens));
        assertThat(VocabularyOverlap.estimate(hashes, hashes)).isEqualTo(1);
    }

    @Test
    void indexIsIntersectionOverUnion() {
        assertThat(VocabularyOverlap.jaccard(Set.of("a", "b", "c"), Set.of("b", "c", "d", "e")))
                .isEqualTo(0.4);
    }

    @Test
    void emptyVocabulariesAreNotComparable() {
        assertThat(VocabularyOverlap.jaccard(Set.of(), Set.of())).isNull();
        assertThat(VocabularyOverlap.estimate(VocabularyOverlap.minHash(Set.of()), new byte[256]))
                .isNull();
    }

    private static Set<String> tokens(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "token " + i).collect(Collectors.toSet());
    }
}
