package dev.forebear.match;

import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.FingerprintScreen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that others are compared with, in the order in which they became known. Immutable. */
final class KnownModels {

    private static final Comparator<Known> KNOWN_FIRST =
            Comparator.comparing(Known::since).thenComparing(Known::modelVersionId);

    private final List<Known> models;
    private final FingerprintScreen screen;
    private final int[] placeInScreen;
    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<Integer, int[]> comparable = new HashMap<>();

    private KnownModels(List<Known> models) {
        this.models = models;
        for (int place = 0; place < models.size(); place++) {
            byId.put(models.get(place).modelVersionId(), place);
        }
        var prepared = models.stream()
                .map(one -> one.model().prepared())
                .filter(Objects::nonNull)
                .toList();
        this.screen = new FingerprintScreen(prepared);
        this.placeInScreen = new int[prepared.size()];
        int count = 0;
        for (int place = 0; place < models.size(); place++) {
            var one = models.get(place).model().prepared();
            if (one != null) {
                placeInScreen[count++] = place;
                comparable.computeIfAbsent(one.algorithmVersion(), this::comparableOf);
            }
        }
    }

    private record Known(IndexedModel model, Instant since) {

        String modelVersionId() {
            return model.model().getModelVersionId();
        }
    }

    /** @param references of several with one id the last counts */
    static KnownModels of(Stream<Reference> references) {
        Map<String, Known> byId = new HashMap<>();
        references.map(KnownModels::known).toList().forEach(one -> byId.put(one.modelVersionId(), one));
        var models = new ArrayList<>(byId.values());
        models.sort(KNOWN_FIRST);
        return new KnownModels(models);
    }

    private static Known known(Reference reference) {
        var model = IndexedModel.of(reference.model()).named(reference.otherNames());
        return new Known(model.withoutPublished(), reference.knownSince());
    }

    /** How many models of this version were analysed among the first, for every number of first models. */
    private int[] comparableOf(int algorithmVersion) {
        int[] counts = new int[models.size() + 1];
        for (int place = 0; place < models.size(); place++) {
            counts[place + 1] = counts[place] + (isComparable(place, algorithmVersion) ? 1 : 0);
        }
        return counts;
    }

    private boolean isComparable(int place, int algorithmVersion) {
        var model = models.get(place).model();
        return model.prepared() != null
                && model.prepared().algorithmVersion() == algorithmVersion
                && model.model().getNotAnalysed() == null;
    }

    int size() {
        return models.size();
    }

    IndexedModel model(int place) {
        return models.get(place).model();
    }

    FingerprintScreen screen() {
        return screen;
    }

    /** Where a fingerprint of the screen belongs. */
    int placeOf(int inScreen) {
        return placeInScreen[inScreen];
    }

    /** Number of models known before a time; they come first. All for null. */
    int knownBefore(@Nullable Instant time) {
        if (time == null) {
            return models.size();
        }
        int low = 0;
        int high = models.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (models.get(middle).since().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first models, without the one asked about. */
    List<IndexedModel> others(IndexedModel asked, int first) {
        return models.subList(0, first).stream()
                .map(Known::model)
                .filter(one -> !isSame(one, asked))
                .toList();
    }

    static boolean isSame(IndexedModel one, IndexedModel other) {
        return one.model().getModelVersionId().equals(other.model().getModelVersionId());
    }

    /** How many of the first models are not the one asked about. */
    int countOthers(IndexedModel asked, int first) {
        return first - (isAmong(asked, first) ? 1 : 0);
    }

    /** How many of these are comparable with it. */
    int countComparable(IndexedModel asked, int first) {
        int version = Objects.requireNonNull(asked.prepared()).algorithmVersion();
        var counts = comparable.get(version);
        if (counts == null) {
            return 0;
        }
        boolean itself = isAmong(asked, first) && isComparable(place(asked.model()), version);
        return counts[first] - (itself ? 1 : 0);
    }

    private boolean isAmong(IndexedModel asked, int first) {
        int place = place(asked.model());
        return place >= 0 && place < first;
    }

    Optional<IndexedModel> find(String modelVersionId) {
        return Optional.ofNullable(byId.get(modelVersionId)).map(this::model);
    }

    /** Place of a model that is known with the very fingerprint; else -1. */
    int itself(ModelFingerprint asked) {
        int place = place(asked);
        return place >= 0 && model(place).hasFingerprintOf(asked) ? place : -1;
    }

    private int place(ModelFingerprint asked) {
        return byId.getOrDefault(asked.getModelVersionId(), -1);
    }

    /** Place of the earliest model of a tile of the screen. */
    int earliest(int tile) {
        return placeInScreen[Collections.min(screen.places(tile))];
    }
}
