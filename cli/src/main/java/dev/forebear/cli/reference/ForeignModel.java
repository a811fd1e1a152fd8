package dev.forebear.cli.reference;

import dev.forebear.match.FingerprintReader;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.PeerVectors;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.evidence.EvidenceFeatures;
import dev.forebear.signals.peer.Dimensions;
import dev.forebear.signals.peer.PeerProfile;
import dev.forebear.worker.FingerprintRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of which a database knew the peer's features and nothing else. It has no fingerprint of ours: the version of
 * its algorithm is 0, which is compared with no other, and its digest is of its name, which equals none of weights.
 *
 * @param model what is said of it
 * @param profile the peer's features
 */
public record ForeignModel(ModelFingerprint model, PeerProfile profile) {

    private static final int ALGORITHM = 0;
    private static final String FINDING = "only the peer's features are known of it";

    /** @throws IllegalArgumentException when the record holds vectors of the wrong shape, or none */
    public static ForeignModel of(ReferenceModel reference) {
        Fingerprint wire = reference.getModel().getFingerprint();
        PeerVectors vectors = reference.getPeerVectors();
        if (wire == null || vectors == null) {
            throw new IllegalArgumentException("peerVectors: expected those of an imported model, found none");
        }
        var fingerprint = FingerprintReader.toDomain(wire);
        List<float[]> weightValues = new ArrayList<>();
        for (ByteBuffer layer : vectors.getWeightValues()) {
            weightValues.add(floats(layer));
        }
        return new ForeignModel(
                reference.getModel(),
                new PeerProfile(
                        Dimensions.of(fingerprint.shape()),
                        fingerprint.peer(),
                        new dev.forebear.signals.peer.PeerVectors(
                                vectors.getNormVectors(), floats(vectors.getNormLayers()), weightValues)));
    }

    /** Its fingerprint as it is kept. */
    public static Fingerprint fingerprint(byte[] digestOfName, ModelShape shape, PeerProfile profile) {
        return FingerprintRecords.wire(new dev.forebear.signals.Fingerprint(
                ALGORITHM,
                digestOfName,
                0,
                shape,
                profile.features(),
                new EvidenceFeatures(null, null, null, List.of(FINDING))));
    }

    /** Its vectors as they are kept: each value over the largest of its vector, times 32767. */
    public static PeerVectors vectors(dev.forebear.signals.peer.PeerVectors vectors) {
        return new PeerVectors(
                vectors.normVectors(),
                quantised(vectors.normLayers()),
                vectors.weightValues().stream().map(ForeignModel::quantised).toList());
    }

    private static ByteBuffer quantised(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Short.BYTES));
        for (float value : values) {
            bytes.putShort((short) Math.round(largest == 0 ? 0 : (double) value / largest * Short.MAX_VALUE));
        }
        return bytes.flip();
    }

    private static float[] floats(ByteBuffer bytes) {
        if (bytes.remaining() % Short.BYTES != 0) {
            throw new IllegalArgumentException(
                    "peerVectors: expected values of two bytes, found " + bytes.remaining() + " bytes");
        }
        var shorts = bytes.duplicate().asShortBuffer();
        float[] values = new float[shorts.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = shorts.get(i);
        }
        return values;
    }
}
