package dev.forebear.match;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adapters, which are compared only together with the model that they were put on, and the search for that model by the
 * name that they declare. A declaration finds the base; it proves nothing.
 */
final class Adapters {

    private static final int MOST_KNOWN_BASES = 16;

    private Adapters() {}

    /** Whether it is an adapter whose base has not been found yet. */
    static boolean isWaiting(@Nullable ModelFingerprint model) {
        return model != null && model.getAdapter() != null && model.getAdapter().getBase() == null;
    }

    /** What an adapter was put on; null while that is not known, and for a model of its own. */
    static @Nullable AdapterBase base(@Nullable ModelFingerprint model) {
        return model == null || model.getAdapter() == null
                ? null
                : model.getAdapter().getBase();
    }

    /** Whether the first is an adapter that waits for a base and means the second by it. */
    static boolean waitsFor(IndexedModel adapter, IndexedModel base) {
        return isWaiting(adapter.model())
                && base.model().getAdapter() == null
                && base.prepared() != null
                && !base.model().getLocation().isEmpty()
                && adapter.kinship().declares(base.kinship());
    }

    /** The latest of those among some models that one which waits for its base may mean by it. */
    static List<KnownBase> knownBases(IndexedModel asked, Collection<IndexedModel> models) {
        if (!isWaiting(asked.model())) {
            return List.of();
        }
        return models.stream()
                .filter(base -> waitsFor(asked, base))
                .map(base -> known(base.model()))
                .sorted(Comparator.comparing(KnownBase::getUploadedAt)
                        .reversed()
                        .thenComparing(base -> base.getBase().getModelVersionId()))
                .limit(MOST_KNOWN_BASES)
                .toList();
    }

    private static KnownBase known(ModelFingerprint base) {
        return new KnownBase(
                new AdapterBase(base.getModelVersionId(), base.getLocation()),
                base.getRegistry(),
                base.getName(),
                base.getUploadedAt());
    }

    /**
     * The adapter with the base that it is to be put on; empty unless it waits for one and one is known. Of several the
     * one whose whole name it declares, of its versions the last before the adapter, or else the first after it.
     */
    static Optional<ModelFingerprint> withBase(ShardAnswers answers) {
        var adapter = answers.asked().getAdapter();
        if (adapter == null || !isWaiting(adapter)) {
            return Optional.empty();
        }
        return answers.knownBases().stream()
                .min(nearestTo(adapter))
                .map(base -> ModelFingerprint.newBuilder(adapter)
                        .setAdapter(new Adapter(adapter.getAdapter().getDescription(), base.getBase()))
                        .build());
    }

    private static Comparator<KnownBase> nearestTo(ModelFingerprint adapter) {
        Instant uploaded = adapter.getUploadedAt();
        return Comparator.comparing((KnownBase base) -> !isNamed(adapter, base))
                .thenComparing(base -> base.getUploadedAt().isAfter(uploaded))
                .thenComparing(base -> Math.abs(base.getUploadedAt().toEpochMilli() - uploaded.toEpochMilli()))
                .thenComparing(base -> base.getBase().getModelVersionId());
    }

    private static boolean isNamed(ModelFingerprint adapter, KnownBase base) {
        return adapter.getDeclaredBases().stream()
                .anyMatch(
                        declared -> ModelReference.of(declared.getName()).isWhole(base.getRegistry(), base.getName()));
    }
}
