package dev.forebear.worker;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.schemas.wire.ContentDigest;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.schemas.wire.SignatureState;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the signature beside the files of a model, and turns what came of it into the record that travels. */
final class SignatureRecords {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureRecords.class);

    private SignatureRecords() {}

    /**
     * Whatever the signature makes of this code, the weights are read all the same.
     *
     * @param announced digests of the weight files as the registry told them
     * @return null for a model without a signature
     * @throws CheckpointException when a file changed meanwhile
     * @throws IOException if the store could not be reached
     */
    static @Nullable SignatureCheck check(Storage storage, WeightContents announced) throws IOException {
        var told = announced.files().stream()
                .collect(Collectors.toMap(ContentDigest::getPath, ContentDigest::getSha256, (first, second) -> first));
        try {
            return wire(dev.forebear.checkpoint.signature.SignatureCheck.of(storage, told));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("location", storage.location())
                    .log("internal error in a signature");
            String message = "internal error (" + e.getClass().getSimpleName() + ")";
            return new SignatureCheck("", SignatureState.UNREADABLE, message, 0, 0);
        }
    }

    private static @Nullable SignatureCheck wire(dev.forebear.checkpoint.signature.@Nullable SignatureCheck check) {
        return check == null
                ? null
                : new SignatureCheck(
                        Wording.oneLine(check.file()),
                        switch (check.state()) {
                            case CONSISTENT -> SignatureState.CONSISTENT;
                            case TAMPERED -> SignatureState.TAMPERED;
                            case UNREADABLE -> SignatureState.UNREADABLE;
                            case UNSUPPORTED -> SignatureState.UNSUPPORTED;
                        },
                        Wording.oneLine(check.message()),
                        check.listed(),
                        check.compared());
    }
}
