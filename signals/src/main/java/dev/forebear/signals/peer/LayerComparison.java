package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two checkpoints read block by block, every value once; nothing but the samples of one block of each is held.
 *
 * @param profileA layer energies of the first; empty when not comparable
 * @param profileB layer energies of the second
 * @param cosines weight-value cosine of each common block
 */
record LayerComparison(float[] profileA, float[] profileB, SortedMap<Integer, Double> cosines) {

    static LayerComparison between(Checkpoint a, Checkpoint b) throws IOException {
        SortedMap<Integer, List<Tensor>> layersA = LayerMatrices.of(a.weights());
        SortedMap<Integer, List<Tensor>> layersB = LayerMatrices.of(b.weights());
        SortedMap<Integer, Double> energiesA = new TreeMap<>();
        SortedMap<Integer, Double> energiesB = new TreeMap<>();
        SortedMap<Integer, Double> cosines = new TreeMap<>();
        TreeSet<Integer> indices = new TreeSet<>(layersA.keySet());
        indices.addAll(layersB.keySet());
        for (int index : indices) {
            float[] sampleA = read(index, layersA, energiesA);
            float[] sampleB = read(index, layersB, energiesB);
            Double cosine = WeightValues.cosine(sampleA, sampleB);
            if (cosine != null) {
                cosines.put(index, cosine);
            }
        }
        return new LayerComparison(LayerEnergy.profile(energiesA), LayerEnergy.profile(energiesB), cosines);
    }

    @Nullable
    Double energySimilarity() {
        return LayerEnergy.similarity(profileA, profileB);
    }

    @Nullable
    Double weightValueSimilarity() {
        return WeightValues.mean(cosines.values());
    }

    private static float[] read(int index, SortedMap<Integer, List<Tensor>> layers, SortedMap<Integer, Double> energies)
            throws IOException {
        List<Tensor> matrices = layers.get(index);
        if (matrices == null) {
            return new float[0];
        }
        LayerReading reading = LayerReading.whole(matrices);
        energies.put(index, reading.energy());
        return reading.sample();
    }
}
