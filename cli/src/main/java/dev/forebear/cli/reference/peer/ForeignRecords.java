package dev.forebear.cli.reference.peer;

import dev.forebear.cli.reference.ForeignModel;
import dev.forebear.cli.reference.Outline;
import dev.forebear.cli.reference.ReferenceRecords;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.peer.PeerProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Models of the database as we keep them. */
final class ForeignRecords {

    /** What the models are said to come from. */
    static final String SOURCE = "model-provenance-kit";

    private ForeignRecords() {}

    static Outline outline(Asset asset) {
        return new Outline(
                asset.modelVersionId(),
                "0:" + HexFormat.of().formatHex(digest(asset)),
                0,
                Instant.EPOCH,
                List.of(asset.name()));
    }

    static ReferenceModel model(Asset asset, FeatureBundle bundle, PeerProfile profile) {
        ModelFingerprint model = ReferenceRecords.builder()
                .setModelVersionId(asset.modelVersionId())
                .setRegistry(ReferenceRecords.REGISTRY)
                .setName(asset.name())
                .setVersion(Asset.VERSION)
                .setLocation(asset.sourceUri() == null ? "" : asset.sourceUri())
                .setUploadEventId(SOURCE + ":" + asset.id())
                .setCorrelationId(SOURCE + ":" + asset.id())
                .setFingerprint(ForeignModel.fingerprint(digest(asset), bundle.shape(), profile))
                .setLane(Lane.BULK)
                .setUploadedAt(Instant.EPOCH)
                .setFingerprintedAt(bundle.updatedAt())
                .setBytesRead(0)
                .setRequests(0)
                .setElapsedMillis(0)
                .setReference(new ReferenceFacts(asset.family(), asset.publisher(), List.of()))
                .build();
        return new ReferenceModel(model, SOURCE, ForeignModel.vectors(profile.vectors()));
    }

    /** The weights are not known, so the digest says which model it is and nothing of them. */
    private static byte[] digest(Asset asset) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((SOURCE + "\n" + asset.id()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
