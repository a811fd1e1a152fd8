package dev.forebear.cli.reference;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;

/**
 * The models among others that an instance can prove something with, as it keeps them: those with a fingerprint of
 * ours, in the registry of reference models.
 */
final class OwnModels implements Models {

    private final Models models;

    OwnModels(Models models) {
        this.models = models;
    }

    @Override
    public void outlines(Taker<Outline> taker) throws IOException {
        forEach(model -> taker.take(Outline.of(model)));
    }

    @Override
    public void forEach(Taker<ReferenceModel> taker) throws IOException {
        models.forEach(model -> {
            if (!ReferenceRecords.isForeign(model)) {
                var own = ReferenceRecords.inRegistry(ModelFingerprint.newBuilder(model.getModel()));
                taker.take(new ReferenceModel(own, null, null));
            }
        });
    }
}
