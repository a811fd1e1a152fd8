package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.cli.reference.ForeignModel;
import dev.forebear.cli.reference.Models;
import dev.forebear.cli.reference.ReferenceRecords;
import java.io.IOException;

/** Reference models of somebody else, each read to its last value. */
final class ReferenceModels {

    /** Opens reference models. */
    interface Opening {
        Models open() throws IOException;
    }

    private ReferenceModels() {}

    /** @throws CheckpointException when they are no good */
    static void read(Opening opening) throws CheckpointException {
        try {
            Models models = opening.open();
            models.outlines(outline -> {});
            models.forEach(model -> {
                if (ReferenceRecords.isForeign(model)) {
                    ForeignModel.of(model);
                }
            });
        } catch (IOException refused) {
            throw new CheckpointException(Reason.MALFORMED, "reference models", String.valueOf(refused.getMessage()));
        }
    }
}
