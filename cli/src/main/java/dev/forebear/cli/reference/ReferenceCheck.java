package dev.forebear.cli.reference;

import dev.forebear.match.FingerprintReader;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.Fingerprint;
import dev.forebear.signals.PreparedFingerprint;
import dev.forebear.signals.peer.PeerFeatures;
import dev.forebear.signals.peer.TokenizerFeature;
import java.io.IOException;

/** Whether a record of a file that came from somewhere is a reference model that can be compared. */
final class ReferenceCheck {

    private static final int SCRIPTS = 6;

    private ReferenceCheck() {}

    /** @throws IOException with one line that names the file, the model, what was expected and found */
    static void require(String file, ReferenceModel reference) throws IOException {
        ModelFingerprint model = reference.getModel();
        String id = model.getModelVersionId();
        try {
            String composed = ModelVersionId.of(model.getRegistry(), model.getName(), model.getVersion())
                    .toString();
            if (!composed.equals(id)) {
                throw new IllegalArgumentException("modelVersionId: expected " + composed + ", found " + id);
            }
            comparable(reference);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(file + ": " + id + ": " + wrong.getMessage(), wrong);
        } catch (RuntimeException wrong) {
            throw new IOException(
                    file + ": " + id + ": expected a fingerprint whose parts fit together, found " + wrong, wrong);
        }
    }

    private static void comparable(ReferenceModel reference) {
        var wire = reference.getModel().getFingerprint();
        if (wire == null) {
            throw new IllegalArgumentException("fingerprint: expected one, found none");
        }
        Fingerprint fingerprint = FingerprintReader.toDomain(wire);
        drawable(fingerprint.peer());
        PreparedFingerprint.of(fingerprint);
        if (ReferenceRecords.isForeign(reference)) {
            ForeignModel.of(reference);
        } else if (fingerprint.algorithmVersion() > Fingerprint.ALGORITHM_VERSION) {
            throw new IllegalArgumentException("algorithm: expected version " + Fingerprint.ALGORITHM_VERSION
                    + " or older, found version " + fingerprint.algorithmVersion()
                    + ", of a newer version of Forebear");
        }
    }

    private static void drawable(PeerFeatures peer) {
        int cosines = peer.anchorSimilarities().length;
        int side = (int) Math.round((1 + Math.sqrt(1 + 8.0 * cosines)) / 2);
        if (cosines > 0 && side * (side - 1) / 2 != cosines) {
            throw new IllegalArgumentException(
                    "anchorSimilarities: expected the upper triangle of a square, found " + cosines + " values");
        }
        TokenizerFeature tokenizer = peer.tokenizer();
        if (tokenizer != null && tokenizer.scriptShares().length != SCRIPTS) {
            throw new IllegalArgumentException(
                    "scriptShares: expected " + SCRIPTS + ", found " + tokenizer.scriptShares().length);
        }
    }
}
