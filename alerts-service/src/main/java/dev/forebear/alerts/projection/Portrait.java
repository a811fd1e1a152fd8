package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.PeerFeatures;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be drawn of a model's weights beside those of another.
 *
 * @param anchorCosines cosines of the embeddings of 64 tokens with each other, upper triangle row by row, times 127;
 *     empty when not comparable
 * @param layerEnergies norms of the layers over the largest, 0 to 1; empty when not comparable
 */
public record Portrait(byte[] anchorCosines, List<Float> layerEnergies) {

    private static final int MOST_LAYERS = 512;

    /** Null when the model was not analysed. */
    static @Nullable Portrait of(ModelFingerprint record) {
        if (record.getFingerprint() == null) {
            return null;
        }
        PeerFeatures peer = record.getFingerprint().getPeer();
        ByteBuffer wide = peer.getAnchorSimilarities().duplicate();
        byte[] cosines = new byte[wide.remaining() / Short.BYTES];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = (byte) (wide.getShort() >> Byte.SIZE);
        }
        List<Float> energies = peer.getLayerEnergyProfile();
        return new Portrait(cosines, List.copyOf(energies.subList(0, Math.min(MOST_LAYERS, energies.size()))));
    }
}
