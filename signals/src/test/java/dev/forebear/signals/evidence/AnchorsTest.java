package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorsTest {

    private final Zoo zoo = Zoo.open();

    @Test
    void choosesByTextAndNotById() {
        List<Token> forth = new ArrayList<>();
        List<Token> shuffled = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            forth.add(token(i, "word" + i));
            shuffled.add(token(399 - i, "word" + i));
        }
        Collections.shuffle(shuffled, new Random(1));

        assertThat(keys(Anchors.choose(shuffled, 400, 50))).isEqualTo(keys(Anchors.choose(forth, 400, 50)));
    }

    @Test
    void leavesOutTokensWithoutAnEmbedding() {
        assertThat(Anchors.choose(List.of(token(3, "a"), token(9, "b")), 5, 10))
                .extracting(Token::id)
                .containsExactly(3);
    }

    @Test
    void prefersShortAsciiTokensThatMostVocabulariesShare() {
        List<Token> tokens = List.of(token(0, "é"), token(1, "internationalisation"), token(2, "of"));
        assertThat(Anchors.choose(tokens, 3, 3)).extracting(Token::id).containsExactly(2, 1, 0);
    }

    @Test
    void sharesMoreThanHalfOfTheAnchorsWithARebuiltVocabulary() throws IOException {
        int shared = AnchorHashes.shared(hashes("base-a"), hashes("base-a-vocab-rebuilt"));
        assertThat(shared).isBetween(300, 400);
        assertThat(AnchorHashes.shared(hashes("base-a"), hashes("base-a-adv-vocab-shuffled")))
                .isEqualTo(512);
    }

    @Test
    void countsNoHashTwice() {
        assertThat(AnchorHashes.shared(new byte[] {0, 1, 0, 1, 0, 2}, new byte[] {0, 1, 0, 3}))
                .isEqualTo(1);
    }

    @Test
    void vectorsAreCentredAndFreeOfTheirPrincipalComponents() throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint("base-a")) {
            List<Token> tokens = Anchors.choose(
                    Objects.requireNonNull(checkpoint.tokenizer()).tokens(), 1_024, 512);
            double[][] vectors = Anchors.embeddings(checkpoint.transformer(), tokens, new Findings())
                    .vectors();
            double[] sum = new double[64];
            for (double[] vector : vectors) {
                Rows.add(vector, 1, sum);
            }
            assertThat(Rows.norm(sum)).isCloseTo(0, within(1e-10));
            assertThat(vectors).hasDimensions(512, 64);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 32, 64})
    void vectorsThatRepeatEachOtherHaveFewPrincipalComponentsAndNoNaN(int different) {
        var random = new Random(different);
        double[][] vectors = new double[256][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = i < different ? random.doubles(64, -0.02, 0.02).toArray() : vectors[i - different].clone();
        }

        double[][] prepared = Anchors.prepared(List.of(), vectors).vectors();

        assertThat(prepared[255]).containsExactly(prepared[255 - different]);
        assertThat(Arrays.stream(prepared).flatMapToDouble(Arrays::stream)).allMatch(Double::isFinite);
    }

    private byte[] hashes(String model) throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint(model)) {
            return Objects.requireNonNull(EvidenceExtraction.of(checkpoint).functionals())
                    .anchors();
        }
    }

    private static List<String> keys(List<Token> tokens) {
        return tokens.stream().map(Token::key).toList();
    }

    private static Token token(int id, String text) {
        return Token.of(id, text.getBytes(StandardCharsets.UTF_8));
    }
}
