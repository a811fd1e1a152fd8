package dev.forebear.match;

import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Identities of queries: the same cause gives the same identity, so that repeated work is recognised. */
final class QueryIds {

    private QueryIds() {}

    static String ofUpload(ModelFingerprint model) {
        return model.getModelVersionId() + "#" + hash(cause(model));
    }

    /** A revision of {@code later}, because {@code earlier} became known. */
    static String ofRevision(ModelFingerprint later, ModelFingerprint earlier) {
        return later.getModelVersionId() + "#" + hash(cause(later) + "\n" + cause(earlier));
    }

    /** A revision of {@code later}, because {@code earlier} became known some time ago. */
    static String ofRevision(ModelFingerprint later, String earlier) {
        return later.getModelVersionId() + "#" + hash(cause(later) + "\n" + earlier);
    }

    private static String cause(ModelFingerprint model) {
        var fingerprint = model.getFingerprint();
        var algorithm = fingerprint == null ? 0 : fingerprint.getAlgorithmVersion();
        var declared =
                model.getDeclaredBases().stream().map(DeclaredBase::getName).collect(Collectors.joining("\n"));
        var cause = model.getModelVersionId() + "\n" + model.getUploadEventId() + "\n" + algorithm + "\n" + declared;
        return model.getAdapter() == null ? cause : cause + "\n" + model.getFingerprintedAt();
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
