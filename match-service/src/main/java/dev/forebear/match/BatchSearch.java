package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.FingerprintScreen.Asked;
import dev.forebear.signals.PreparedFingerprint;
import dev.forebear.signals.evidence.EvidenceScreen.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Finds the relatives of many models among the known ones, as {@link ShardSearch} would of each. First tile by tile
 * which pairs pass the screen, then model by model what of these is worth saying.
 */
final class BatchSearch {

    private final KnownModels known;
    private final List<Sought> sought;
    private final Asked asked;
    private final int latest;
    private final List<Found> found;

    /**
     * A model whose relatives are sought.
     *
     * @param first number of models that it is compared with: the first of the known ones
     */
    record Sought(IndexedModel model, int first) {}

    /** Pairs that passed, in no order: the place of the known one, with whether it is likely in the lowest bit. */
    private static final class Found {

        private int[] passed = new int[8];
        private int count;

        synchronized void add(int place, boolean likely) {
            if (count == passed.length) {
                passed = Arrays.copyOf(passed, 2 * count);
            }
            passed[count++] = 2 * place + (likely ? 1 : 0);
        }

        int[] inOrder() {
            return IntStream.of(passed).limit(count).sorted().toArray();
        }
    }

    /** @param sought so many that something is certainly not likely: compared with more than ten models each */
    BatchSearch(KnownModels known, List<Sought> sought) {
        this.known = known;
        this.sought = sought;
        this.asked = new Asked(
                sought.stream().map(one -> prepared(one.model())).toList(),
                sought.stream()
                        .mapToDouble(one -> ShardSearch.largestScreen(registrySize(known, one)))
                        .toArray());
        this.latest = sought.stream().mapToInt(Sought::first).max().orElse(0);
        this.found = sought.stream().map(one -> new Found()).toList();
        known.screen().copies(asked, this::passed);
    }

    private static Screened screened(PreparedFingerprint asked, IndexedModel other, boolean likely) {
        return new Screened(other, asked.screen(prepared(other)), likely);
    }

    static long registrySize(KnownModels known, Sought one) {
        return known.countOthers(one.model(), one.first()) + 1L;
    }

    private static PreparedFingerprint prepared(IndexedModel model) {
        return Objects.requireNonNull(model.prepared(), "only analysed models are asked about");
    }

    private void passed(int of, int inScreen, boolean likely) {
        int place = known.placeOf(inScreen);
        if (place < sought.get(of).first()
                && !KnownModels.isSame(known.model(place), sought.get(of).model())) {
            found.get(of).add(place, likely);
        }
    }

    /** Screens all models against those of one tile. */
    void screen(int tile, Workspace workspace) {
        if (known.earliest(tile) < latest) {
            known.screen().search(tile, asked, workspace, this::passed);
        }
    }

    /** What was found of one model, when all tiles are done. */
    Relatives relatives(int of) {
        var one = sought.get(of);
        var prepared = prepared(one.model());
        var passed = IntStream.of(found.get(of).inOrder())
                .mapToObj(place -> screened(prepared, known.model(place >> 1), (place & 1) == 1))
                .toList();
        var relatives = new ArrayList<Relative>();
        for (var screened : Screened.worthComparing(one.model(), passed)) {
            if (prepared.compareTo(prepared(screened.other())) instanceof Compared compared) {
                relatives.add(new Relative(screened, compared));
            }
        }
        int comparable = known.countComparable(one.model(), one.first());
        return new Relatives(relatives, comparable, known.countOthers(one.model(), one.first()) - comparable);
    }
}
