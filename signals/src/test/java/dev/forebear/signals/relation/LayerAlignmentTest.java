package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.confirmation.LayerMatrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerAlignmentTest {

    @Test
    void takesEveryUnitToTheOneItsRowsAreNearestTo() {
        LayerAlignment alignment = of(new double[][] {{50, 1, 0}, {2, 40, 1}, {0, 1, 0}, {1, 0, 45}});
        assertThat(alignment.layers()).containsExactly(0, 1, 3);
        assertThat(alignment.injective()).isTrue();
        assertThat(alignment.identity()).isFalse();
        assertThat(alignment.complete()).isTrue();
        assertThat(alignment.z()).isEqualTo(50);
    }

    @Test
    void seesLayersThatWereUsedTwice() {
        LayerAlignment alignment = of(new double[][] {{50, 1, 1, 2}, {2, 40, 41, 1}, {0, 1, 0, 45}});
        assertThat(alignment.layers()).containsExactly(0, 1, 1, 2);
        assertThat(alignment.injective()).isFalse();
    }

    @Test
    void keepsCopiesOfOneLayerWhereTheyAre() {
        LayerAlignment alignment = of(new double[][] {{50, 50, 1}, {50, 50, 1}, {0, 1, 45}});
        assertThat(alignment.identity()).isTrue();
    }

    @Test
    void placesAReplacedUnitBetweenItsNeighbours() {
        LayerAlignment alignment = of(new double[][] {{1, 1, 0, 1}, {2, 40, 1, 0}, {0, 1, 2, 0}, {1, 0, 0, 45}});
        assertThat(alignment.layers()).containsExactly(0, 1, 2, 3);
        assertThat(alignment.established()).containsExactly(false, true, false, true);

        LayerAlignment dropped = of(new double[][] {{1, 1, 0}, {2, 40, 1}, {0, 1, 2}, {1, 0, 0}});
        assertThat(dropped.layers()).containsExactly(0, 1, LayerAlignment.NONE);
        assertThat(dropped.established()).containsExactly(false, true, false);
    }

    @Test
    void takesManyWeakUnitsOfTheDiagonalTogether() {
        int layers = 16;
        double[][] z = new double[layers][layers];
        IntStream.range(0, layers).forEach(i -> z[i][i] = 3);
        assertThat(of(z).identity()).isTrue();
        assertThat(of(z).z()).isEqualTo(12);
    }

    @Test
    void alignsNothingAmongStrangers() {
        assertThat(of(new double[][] {{1, -1}, {2, 3}}).isEmpty()).isTrue();
        assertThat(LayerAlignment.of(null).isEmpty()).isTrue();
    }

    private static LayerAlignment of(double[][] z) {
        return LayerAlignment.of(new LayerMatrix(
                z,
                z,
                IntStream.range(0, z.length).toArray(),
                IntStream.range(0, z[0].length).toArray()));
    }
}
