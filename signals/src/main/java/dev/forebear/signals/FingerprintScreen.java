package dev.forebear.signals;

import dev.forebear.signals.evidence.EvidenceScreen;
import dev.forebear.signals.evidence.PreparedEvidence;
import dev.forebear.signals.evidence.ScreenLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Many fingerprints that are asked about by many at once: finds the pairs that {@link PreparedFingerprint#screen} lets
 * through, and those that {@link PreparedFingerprint#nomination} may nominate, about ten times as fast as pair by pair.
 * What it says of two is the same whichever asks. Divided into tiles, which may be searched by several threads.
 * Immutable.
 */
public final class FingerprintScreen {

    /** What is laid out of so many, at 5 KB each, stays in the cache of a core. */
    private static final int TILE = 128;

    private final List<PreparedFingerprint> fingerprints;
    private final List<Tile> tiles = new ArrayList<>();
    private final Map<ByteBuffer, List<Integer>> byDigest = new HashMap<>();

    private record Kind(int algorithmVersion, ScreenLayout layout) {}

    private record Tile(Kind kind, List<Integer> places, List<PreparedEvidence> models) {

        Tile without(IntPredicate leftOut) {
            List<Integer> rest = new ArrayList<>(places.size());
            List<PreparedEvidence> ofRest = new ArrayList<>(places.size());
            for (int i = 0; i < places.size(); i++) {
                if (!leftOut.test(places.get(i))) {
                    rest.add(places.get(i));
                    ofRest.add(models.get(i));
                }
            }
            return new Tile(kind, rest, ofRest);
        }
    }

    /** A pair that was found, by its places in both lists. */
    @FunctionalInterface
    public interface Found {

        /** @param likely whether the screen let it through; else signs do not rule out that it is nominated */
        void found(int asked, int other, boolean likely);
    }

    /** Fingerprints that are asked about, laid out to be searched for. Immutable. */
    public static final class Asked {

        private final List<PreparedFingerprint> fingerprints;
        private final Map<Integer, OfVersion> versions = new HashMap<>();

        /** @param log10Screens of each the largest screen that passes, below 0 */
        public Asked(List<PreparedFingerprint> fingerprints, double[] log10Screens) {
            this.fingerprints = List.copyOf(fingerprints);
            Map<Integer, List<Integer>> places = new LinkedHashMap<>();
            for (int i = 0; i < fingerprints.size(); i++) {
                if (!(log10Screens[i] < 0)) {
                    throw new IllegalArgumentException("screen: expected a value below 0, found " + log10Screens[i]);
                }
                places.computeIfAbsent(fingerprints.get(i).algorithmVersion(), version -> new ArrayList<>())
                        .add(i);
            }
            places.forEach((version, asked) -> versions.put(version, ofVersion(asked, log10Screens)));
        }

        private OfVersion ofVersion(List<Integer> places, double[] log10Screens) {
            return new OfVersion(
                    new EvidenceScreen(
                            places.stream()
                                    .map(place -> fingerprints.get(place).evidence())
                                    .toList(),
                            places.stream()
                                    .mapToDouble(place -> log10Screens[place])
                                    .toArray()),
                    places);
        }
    }

    /** Those asked about that were made by one version of the algorithm. */
    private record OfVersion(EvidenceScreen screen, List<Integer> places) {}

    /** Those of one layout are laid out in this order. */
    public FingerprintScreen(List<PreparedFingerprint> fingerprints) {
        this.fingerprints = List.copyOf(fingerprints);
        Map<Kind, List<Integer>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < fingerprints.size(); i++) {
            PreparedFingerprint one = fingerprints.get(i);
            kinds.computeIfAbsent(
                            new Kind(one.algorithmVersion(), ScreenLayout.of(one.evidence())),
                            kind -> new ArrayList<>())
                    .add(i);
            byDigest.computeIfAbsent(ByteBuffer.wrap(one.weightsDigest()), digest -> new ArrayList<>(1))
                    .add(i);
        }
        kinds.forEach((kind, places) -> {
            for (int from = 0; from < places.size(); from += TILE) {
                List<Integer> some = List.copyOf(places.subList(from, Math.min(from + TILE, places.size())));
                tiles.add(new Tile(
                        kind,
                        some,
                        some.stream()
                                .map(place -> fingerprints.get(place).evidence())
                                .toList()));
            }
        });
    }

    /** Number of tiles. */
    public int tiles() {
        return tiles.size();
    }

    /** Places of the fingerprints of a tile. */
    public List<Integer> places(int tile) {
        return tiles.get(tile).places();
    }

    /**
     * Finds pairs of different weights, in an order of their own.
     *
     * @param leftOut places of fingerprints of the tile that are not to be looked at
     */
    public void search(int tile, IntPredicate leftOut, Asked asked, EvidenceScreen.Workspace workspace, Found to) {
        Tile searched = tiles.get(tile).without(leftOut);
        OfVersion version = asked.versions.get(searched.kind().algorithmVersion());
        if (version == null || searched.places().isEmpty()) {
            return;
        }
        version.screen().search(searched.kind().layout(), searched.models(), workspace, (one, other, likely) -> {
            int of = version.places().get(one);
            int at = searched.places().get(other);
            if (!asked.fingerprints.get(of).sameWeights(fingerprints.get(at))) {
                to.found(of, at, likely);
            }
        });
    }

    /** Finds pairs of the same weights, which always pass. */
    public void copies(Asked asked, Found to) {
        for (int i = 0; i < asked.fingerprints.size(); i++) {
            PreparedFingerprint one = asked.fingerprints.get(i);
            for (int other : byDigest.getOrDefault(ByteBuffer.wrap(one.weightsDigest()), List.of())) {
                if (fingerprints.get(other).algorithmVersion() == one.algorithmVersion()) {
                    to.found(i, other, true);
                }
            }
        }
    }
}
