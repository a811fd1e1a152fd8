package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.FingerprintScreen.Asked;
import dev.forebear.signals.PreparedFingerprint;
import dev.forebear.signals.evidence.EvidenceScreen.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds the relatives of many models among the known ones, as {@link ShardSearch} would of each. First tile by tile
 * which pairs pass the screen, then model by model what of these is worth saying.
 */
final class BatchSearch {

    private final KnownModels known;
    private final List<Sought> sought;
    private final EarlierPairs earlier;
    private final boolean recalls;
    private final Asked asked;
    private final int latest;
    private final List<FoundPlaces> found;

    /**
     * A model whose relatives are sought.
     *
     * @param first number of models that it is compared with: the first of the known ones
     * @param itself its own place where it is known as it is asked about and is compared with all others; else -1
     */
    record Sought(IndexedModel model, int first, int itself) {}

    /**
     * @param sought so many that something is certainly not likely: compared with more than ten models each
     * @param earlier remembers pairs; when it has all of these, only the others are sought
     */
    BatchSearch(KnownModels known, List<Sought> sought, EarlierPairs earlier) {
        this.known = known;
        this.sought = sought;
        this.earlier = earlier;
        this.recalls = sought.stream().allMatch(earlier::isComplete);
        this.asked = new Asked(
                sought.stream().map(one -> prepared(one.model())).toList(),
                sought.stream()
                        .mapToDouble(one -> ShardSearch.largestScreen(registrySize(known, one)))
                        .toArray());
        this.latest = sought.stream().mapToInt(Sought::first).max().orElse(0);
        this.found = sought.stream().map(one -> new FoundPlaces()).toList();
        known.screen().copies(asked, this::copied);
    }

    private static Screened<IndexedModel> screened(PreparedFingerprint asked, IndexedModel other, boolean likely) {
        return Screened.of(other, asked.screen(prepared(other)), likely);
    }

    static long registrySize(KnownModels known, Sought one) {
        return known.countOthers(one.model(), one.first()) + 1L;
    }

    private static PreparedFingerprint prepared(IndexedModel model) {
        return Objects.requireNonNull(model.prepared(), "only analysed models are asked about");
    }

    private void copied(int of, int inScreen, boolean likely) {
        int place = known.placeOf(inScreen);
        if (isCompared(sought.get(of), place) && mayDescendFrom(of, place)) {
            found.get(of).add(place, likely);
        }
    }

    private void found(int of, int inScreen, boolean likely) {
        int place = known.placeOf(inScreen);
        if (isCompared(sought.get(of), place)) {
            earlier.remember(place, sought.get(of), likely);
            nominate(of, place, likely);
        }
    }

    private boolean isCompared(Sought one, int place) {
        return place < one.first() && !KnownModels.isSame(known.model(place), one.model());
    }

    /** Asked in the direction of the question, so that answers do not depend on what was asked before. */
    private void nominate(int of, int place, boolean likely) {
        if (mayDescendFrom(of, place)
                && (likely || prepared(sought.get(of).model()).nomination(prepared(known.model(place))) >= 1)) {
            found.get(of).add(place, likely);
        }
    }

    /** Nothing else is reported, so nothing else is looked at more closely. */
    private boolean mayDescendFrom(int of, int place) {
        return sought.get(of).model().mayDescendFrom(known.model(place));
    }

    /** Screens all models against those of one tile. */
    void screen(int tile, Workspace workspace) {
        if (known.earliest(tile) < latest) {
            known.screen().search(tile, this::isRecalled, asked, workspace, this::found);
        }
    }

    private boolean isRecalled(int inScreen) {
        return recalls && earlier.isDone(known.placeOf(inScreen));
    }

    /** What was found of one model, among those that it may descend from, when all tiles are done. */
    Relatives relatives(int of) {
        var one = sought.get(of);
        var prepared = prepared(one.model());
        if (recalls) {
            earlier.recall(one, (place, likely) -> nominate(of, place, likely));
        }
        var passed = new ArrayList<Screened<IndexedModel>>();
        found.get(of).inOrder((place, likely) -> passed.add(screened(prepared, known.model(place), likely)));
        var relatives = new ArrayList<Relative<IndexedModel>>();
        for (var screened : ReportRoom.worthComparing(one.model().kinship(), passed)) {
            if (prepared.compareTo(prepared(screened.other())) instanceof Compared compared) {
                relatives.add(new Relative<>(screened, compared));
            }
        }
        int comparable = known.countComparable(one.model(), one.first());
        return new Relatives(relatives, comparable, known.countOthers(one.model(), one.first()) - comparable);
    }
}
