package dev.forebear.cli.reference;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Enough of a reference model to find others of the same name or the same weights.
 *
 * @param id model version id
 * @param weights digest of its weights, with the version of the algorithm that made it
 * @param algorithm version of the algorithm; 0 when only the peer's features are known
 * @param releasedAt the earlier of two copies is the original
 * @param names all of them, the first is its own
 */
public record Outline(String id, String weights, int algorithm, Instant releasedAt, List<String> names) {

    public Outline {
        names = List.copyOf(names);
    }

    static Outline of(ReferenceModel reference) {
        ModelFingerprint model = reference.getModel();
        var fingerprint = Objects.requireNonNull(model.getFingerprint(), "only fingerprinted models are kept");
        return new Outline(
                model.getModelVersionId(),
                fingerprint.getAlgorithmVersion() + ":" + hex(fingerprint.getWeightsDigest()),
                fingerprint.getAlgorithmVersion(),
                model.getUploadedAt(),
                ReferenceRecords.names(model));
    }

    private static String hex(ByteBuffer digest) {
        var bytes = new byte[digest.remaining()];
        digest.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
