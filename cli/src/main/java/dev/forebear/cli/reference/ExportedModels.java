package dev.forebear.cli.reference;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of an instance as others may see them: without where their weights lie. Left out are those that could not
 * be analysed, and adapters, which are nothing without their base.
 */
final class ExportedModels implements Models {

    private final TopicFingerprints fingerprints;
    private final List<String> registries;

    /** @param registries aliases of the registries whose models are wanted; empty for all */
    ExportedModels(TopicFingerprints fingerprints, List<String> registries) {
        this.fingerprints = fingerprints;
        this.registries = List.copyOf(registries);
    }

    @Override
    public void outlines(Taker<Outline> taker) throws IOException {
        forEach(model -> taker.take(Outline.of(model)));
    }

    @Override
    public void forEach(Taker<ReferenceModel> taker) throws IOException {
        Map<String, String> registryOfId = new HashMap<>();
        fingerprints.forEach(this::isWanted, model -> {
            ReferenceModel exported = ReferenceRecords.withoutTraces(model);
            String first = registryOfId.putIfAbsent(exported.getModel().getModelVersionId(), model.getRegistry());
            taker.take(first == null || first.equals(model.getRegistry()) ? exported : underItsRegistry(model));
        });
    }

    private boolean isWanted(ModelFingerprint model) {
        return (registries.isEmpty() || registries.contains(model.getRegistry()))
                && model.getFingerprint() != null
                && model.getNotAnalysed() == null
                && model.getAdapter() == null;
    }

    /** Two registries may call different models the same. */
    private static ReferenceModel underItsRegistry(ModelFingerprint model) {
        return ReferenceRecords.withoutTraces(ModelFingerprint.newBuilder(model)
                .setName(model.getRegistry() + "/" + model.getName())
                .build());
    }
}
