package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.PeerFeatures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is drawn of a model: cosines times 127, upper triangle row by row, and norms of its layers over the largest. */
record PortraitView(List<Integer> anchorCosines, List<Float> layerEnergies) {

    private static final int MOST_LAYERS = 512;

    /** Null when the model was not analysed. */
    static @Nullable PortraitView of(ModelFingerprint record) {
        if (record.getFingerprint() == null) {
            return null;
        }
        PeerFeatures peer = record.getFingerprint().getPeer();
        ByteBuffer wide = peer.getAnchorSimilarities().duplicate();
        List<Integer> cosines = new ArrayList<>(wide.remaining() / Short.BYTES);
        while (wide.remaining() >= Short.BYTES) {
            cosines.add(wide.getShort() >> Byte.SIZE);
        }
        List<Float> energies = peer.getLayerEnergyProfile();
        return new PortraitView(cosines, List.copyOf(energies.subList(0, Math.min(MOST_LAYERS, energies.size()))));
    }
}
