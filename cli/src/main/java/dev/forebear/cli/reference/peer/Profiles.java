package dev.forebear.cli.reference.peer;

import dev.forebear.signals.peer.Dimensions;
import dev.forebear.signals.peer.PeerProfile;
import dev.forebear.signals.peer.PeerVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The peer's features in the shape in which we compare them. */
final class Profiles {

    private Profiles() {}

    /**
     * @param name file of the base features
     * @throws IOException when values are missing that the base features promise, or are no cosines or shares
     */
    static PeerProfile of(String name, FeatureBundle bundle, DeepSignals signals) throws IOException {
        requirePromised(name, bundle, signals);
        var vectors = new PeerVectors(bundle.normVectors(), signals.normLayers(), byLayer(signals.weightValues()));
        return new PeerProfile(
                Dimensions.of(bundle.shape()),
                PeerProfile.features(
                        bundle.architecture(),
                        bundle.tokenizer(),
                        upperTriangle(name, signals.anchorSimilarities()),
                        signals.embeddingNorms(),
                        signals.layerEnergies(),
                        bundle.normLayerMode(),
                        vectors),
                vectors);
    }

    private static void requirePromised(String name, FeatureBundle bundle, DeepSignals signals) throws IOException {
        if (bundle.deepSignals() == null) {
            return;
        }
        Map<String, Boolean> there = Map.of(
                "eas_self_sim", signals.anchorSimilarities().length > 0,
                "nlf_vector", signals.normLayers().length > 0,
                "lep_profile", signals.layerEnergies().length > 0,
                "end_histogram", signals.embeddingNorms().length > 0,
                "wvc_layer_sigs", !signals.weightValues().isEmpty());
        for (String promised : bundle.deepSignals().signals()) {
            if (!there.getOrDefault(promised, true)) {
                throw new IOException(bundle.deepSignals().path() + ": expected the signal " + promised + ", as " + name
                        + " says, found no value of it");
            }
        }
    }

    private static List<float[]> byLayer(SortedMap<Integer, float[]> layers) {
        List<float[]> list = new ArrayList<>();
        layers.forEach((layer, values) -> {
            while (list.size() < layer) {
                list.add(new float[0]);
            }
            list.add(values);
        });
        return list;
    }

    private static short[] upperTriangle(String name, float[] square) throws IOException {
        int side = (int) Math.round(Math.sqrt(square.length));
        short[] triangle = new short[side * Math.max(0, side - 1) / 2];
        int at = 0;
        for (int i = 0; i < side; i++) {
            for (int j = i + 1; j < side; j++) {
                float cosine = square[i * side + j];
                if (Math.abs(cosine) > 1.001f) {
                    throw new IOException(
                            name + ": eas_self_sim: expected cosines from -1 to 1, found " + cosine + " in row " + i);
                }
                triangle[at++] = (short) Math.round(Math.clamp(cosine, -1f, 1f) * Short.MAX_VALUE);
            }
        }
        return triangle;
    }
}
