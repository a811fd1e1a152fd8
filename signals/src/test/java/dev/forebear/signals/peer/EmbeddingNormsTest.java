package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingNormsTest {

    @Test
    void cutsBinsAsNumpyDoes() {
        float[] shares =
                EmbeddingNorms.histogram(new float[] {1, 1.5f, 2, 2, 3.9f, 5}).shares();
        float sixth = 1 / 6f;
        assertThat(shares)
                .containsExactly(sixth, 0, sixth, 0, 0, 2 * sixth, 0, 0, 0, 0, 0, 0, 0, 0, sixth, 0, 0, 0, 0, sixth);
    }

    @Test
    void equalNormsFallIntoTheMiddle() {
        EmbeddingNorms norms = EmbeddingNorms.histogram(new float[] {2, 2, 2});
        assertThat(norms.shares()[10]).isEqualTo(1);
        assertThat(norms.smallest()).isEqualTo(1.5f);
        assertThat(norms.largest()).isEqualTo(2.5f);
    }

    @Test
    void undefinedNormIsNotComparable() {
        assertThat(EmbeddingNorms.histogram(new float[] {1, Float.NaN})).isNull();
        assertThat(EmbeddingNorms.histogram(new float[] {1, Float.POSITIVE_INFINITY}))
                .isNull();
    }

    @Test
    void samplesAtMostEightThousandRowsAndStaysNearTheWhole() throws IOException {
        EmbeddingTable table = table(60_000, 4);
        CountingTensor counting = new CountingTensor(table.tensor());
        EmbeddingNorms sampled = EmbeddingNorms.sampled(new EmbeddingTable(counting, 60_000, 4));
        assertThat(counting.read).isEqualTo(8_192L * 4);
        assertThat(EmbeddingNorms.similarity(sampled, EmbeddingNorms.of(table))).isCloseTo(1, within(0.02));
    }

    @Test
    void readsEveryRowOfSmallEmbedding() throws IOException {
        EmbeddingTable table = table(8_192, 3);
        assertThat(EmbeddingNorms.sampled(table).shares())
                .isEqualTo(EmbeddingNorms.of(table).shares());
    }

    private static EmbeddingTable table(int rows, int columns) {
        return EmbeddingTable.find(List.of(ArrayTensor.random("wte.weight", 3, rows, columns)));
    }

    /** Counts the values read. */
    private static final class CountingTensor implements Tensor {
        private final Tensor tensor;
        private long read;

        CountingTensor(Tensor tensor) {
            this.tensor = tensor;
        }

        @Override
        public String name() {
            return tensor.name();
        }

        @Override
        public Dtype dtype() {
            return tensor.dtype();
        }

        @Override
        public List<Long> shape() {
            return tensor.shape();
        }

        @Override
        public long elements() {
            return tensor.elements();
        }

        @Override
        public void read(long first, int count, float[] into, int at) throws IOException {
            read += count;
            tensor.read(first, count, into, at);
        }
    }
}
