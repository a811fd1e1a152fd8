package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormLayersTest {

    @Test
    void joinsVectorsOfOneLength() throws IOException {
        NormLayers norms = NormLayers.of(List.of(gains("a.norm", 64), gains("b.norm", 64)));
        assertThat(norms.mode()).isEqualTo(NormLayers.Mode.DIRECT);
        assertThat(norms.values()).hasSize(128);
    }

    @Test
    void takesStatisticsOfVectorsOfDifferentLength() throws IOException {
        float[] values = new float[64];
        values[0] = 64;
        NormLayers norms = NormLayers.of(List.of(ArrayTensor.of("a.norm", List.of(64L), values), gains("b.norm", 128)));
        assertThat(norms.mode()).isEqualTo(NormLayers.Mode.STATS);
        assertThat(norms.values()).hasSize(8);
        assertThat(norms.values()[0]).isEqualTo(1);
        assertThat(norms.values()[1]).isCloseTo((float) Math.sqrt(63), within(1e-5f));
        assertThat(norms.values()[2]).isEqualTo(64);
        assertThat(norms.values()[3]).isZero();
    }

    @Test
    void ignoresShortVectorsMatricesAndPackedTensors() throws IOException {
        List<Tensor> tensors = List.of(
                gains("short.norm", 63),
                ArrayTensor.random("matrix.norm", 1, 64, 64),
                gains("packed.norm", 64).withDtype(Dtype.I8),
                gains("mlp.bias", 64));
        assertThat(NormLayers.of(tensors)).isNull();
    }

    @Test
    void comparesStatisticsWhenLengthsDiffer() throws IOException {
        NormLayers wide = NormLayers.of(List.of(gains("a.norm", 128), gains("b.norm", 128)));
        NormLayers narrow = NormLayers.of(List.of(gains("a.norm", 64), gains("b.norm", 64)));
        NormLayers mixed = NormLayers.of(List.of(gains("a.norm", 64), gains("b.norm", 128)));
        assertThat(NormLayers.similarity(wide, narrow)).isBetween(0.0, 1.0);
        assertThat(NormLayers.similarity(wide, narrow)).isEqualTo(NormLayers.similarity(narrow, wide));
        assertThat(NormLayers.similarity(mixed, narrow)).isEqualTo(NormLayers.similarity(narrow, mixed));
    }

    private static ArrayTensor gains(String name, long length) {
        return ArrayTensor.random(name, name.hashCode() + length, length);
    }
}
