package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingAnchorsTest {

    @Test
    void comparesFirstAnchorsThatBothHave() throws IOException {
        EmbeddingAnchors all = anchors(1, 64);
        EmbeddingAnchors first = anchors(1, 20);
        assertThat(EmbeddingAnchors.similarity(all, first)).isEqualTo(1);
        assertThat(EmbeddingAnchors.similarity(first.quantised(), all.quantised()))
                .isEqualTo(1);
    }

    @Test
    void sixteenBitsAreEnough() throws IOException {
        EmbeddingAnchors a = anchors(1, 64);
        EmbeddingAnchors b = anchors(2, 64);
        assertThat(EmbeddingAnchors.similarity(a.quantised(), b.quantised()))
                .isCloseTo(EmbeddingAnchors.similarity(a, b), within(1e-4));
    }

    @Test
    void scaleOfAnEmbeddingDoesNotMatter() throws IOException {
        ArrayTensor rows = ArrayTensor.random("wte.weight", 1, 64, 8);
        float[] doubled = rows.values().clone();
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] *= 2;
        }
        ArrayTensor scaled = ArrayTensor.of("wte.weight", rows.shape(), doubled);
        assertThat(EmbeddingAnchors.similarity(anchors(rows, 64), anchors(scaled, 64)))
                .isEqualTo(1);
    }

    @Test
    void fewerThanSixteenAnchorsAreNotComparable() throws IOException {
        assertThat(anchors(1, 15)).isNull();
        assertThat(EmbeddingAnchors.similarity(new short[0], new short[2016])).isNull();
    }

    @Test
    void undefinedValueIsNotComparable() throws IOException {
        ArrayTensor rows = ArrayTensor.random("wte.weight", 1, 64, 8);
        rows.values()[100] = Float.NaN;
        assertThat(anchors(rows, 64)).isNull();
    }

    @Test
    void findsTheTokenEmbeddingByNameBeforeAnyOther() {
        EmbeddingTable table = EmbeddingTable.find(List.of(
                ArrayTensor.random("a.embedding", 1, 4, 4),
                ArrayTensor.random("position_embeddings", 1, 4, 4),
                ArrayTensor.random("transformer.wte.weight", 1, 4, 4)));
        assertThat(table.tensor().name()).isEqualTo("transformer.wte.weight");
    }

    @Test
    void positionsAreNoTokenEmbedding() {
        assertThat(EmbeddingTable.find(List.of(ArrayTensor.random("position_embeddings", 1, 4, 4))))
                .isNull();
    }

    private static EmbeddingAnchors anchors(long seed, int count) throws IOException {
        return anchors(ArrayTensor.random("wte.weight", seed, 64, 8), count);
    }

    private static EmbeddingAnchors anchors(ArrayTensor rows, int count) throws IOException {
        EmbeddingTable table = EmbeddingTable.find(List.of(rows));
        return EmbeddingAnchors.of(table, IntStream.range(0, count).toArray());
    }
}
