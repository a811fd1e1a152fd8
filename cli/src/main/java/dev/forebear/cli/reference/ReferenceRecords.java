package dev.forebear.cli.reference;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reference models as they are kept and exchanged. */
public final class ReferenceRecords {

    /** Alias of the registry that reference models are said to lie in. */
    public static final String REGISTRY = ModelVersionId.REFERENCE_REGISTRY;

    private static final ReferenceFacts NOTHING_SAID = new ReferenceFacts(null, null, List.of());

    static {
        WireTrust.establish();
    }

    private ReferenceRecords() {}

    /** A model that is kept under a name of its own, to be filled in. */
    public static ModelFingerprint.Builder builder() {
        return ModelFingerprint.newBuilder();
    }

    /** All names of a model, its own first. */
    public static List<String> names(ModelFingerprint model) {
        var names = new ArrayList<String>();
        names.add(model.getName());
        names.addAll(facts(model).getOtherNames());
        return List.copyOf(names);
    }

    /** What is said of a model; nothing where nobody said anything. */
    public static ReferenceFacts facts(ModelFingerprint model) {
        return Objects.requireNonNullElse(model.getReference(), NOTHING_SAID);
    }

    /** Whether only the peer's features are known of it. */
    public static boolean isForeign(ReferenceModel model) {
        return model.getSource() != null;
    }

    static ReferenceModel named(ReferenceModel reference, List<String> otherNames) {
        ReferenceFacts facts = facts(reference.getModel());
        return ReferenceModel.newBuilder(reference)
                .setModel(ModelFingerprint.newBuilder(reference.getModel())
                        .setReference(new ReferenceFacts(facts.getFamily(), facts.getPublisher(), otherNames))
                        .build())
                .build();
    }

    /** Of a fingerprint that an instance made: nothing of where the weights lie and how they came there. */
    static ReferenceModel withoutTraces(ModelFingerprint model) {
        boolean reference = model.getRegistry().equals(REGISTRY);
        return new ReferenceModel(
                inRegistry(ModelFingerprint.newBuilder(model)
                        .setLocation(reference ? model.getLocation() : "")
                        .setContents(List.of())
                        .setStableId(null)
                        .setBytesRead(0)
                        .setRequests(0)
                        .setElapsedMillis(0)),
                null,
                null);
    }

    /**
     * As one that nobody uploaded. The event stays the same when it is said again, so that nothing is matched twice.
     */
    static ModelFingerprint inRegistry(ModelFingerprint.Builder model) {
        var id = ModelVersionId.of(REGISTRY, model.getName(), model.getVersion());
        String event = REGISTRY + ":" + id.modelId() + "@" + id.version();
        return model.setModelVersionId(id.toString())
                .setRegistry(REGISTRY)
                .setUploadEventId(event)
                .setCorrelationId(event)
                .build();
    }
}
