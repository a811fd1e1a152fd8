package dev.forebear.signals.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Screens many models against many at once, several times as fast as pair by pair. Bounds every cheap statistic from
 * above; so it names every pair whose screen may be small enough or whose functions may be alike, and some others.
 * Immutable; safe for use by several threads.
 */
public final class EvidenceScreen {

    /** Rows of gate and up, or of value. */
    public static final int POSITIONS = 1;

    /** Neuron scalars. */
    public static final int NEURONS = 2;

    /** What is done to tokens, or how their embeddings lie, by signs. */
    public static final int FUNCTIONS = 4;

    private final List<AskedGroup> groups = new ArrayList<>();

    /** Pairs that have to be looked at. */
    @FunctionalInterface
    public interface Suspects {

        /**
         * By their places in both lists.
         *
         * @param parts what may be alike: {@link #POSITIONS}, {@link #NEURONS}, {@link #FUNCTIONS}, or several
         */
        void suspect(int asked, int other, int parts);
    }

    /** Models of one layout among those asked about. */
    private record AskedGroup(ScreenLayout layout, ScreenRows rows, int[] places, double[] z) {}

    /**
     * @param asked the models that are asked about
     * @param log10Screens of each the log10 of the p-value up to which it is of interest, below 0
     */
    public EvidenceScreen(List<PreparedEvidence> asked, double[] log10Screens) {
        Map<ScreenLayout, List<Integer>> byLayout = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byLayout.computeIfAbsent(ScreenLayout.of(asked.get(i)), layout -> new ArrayList<>())
                    .add(i);
        }
        Map<Double, Double> smallest = new LinkedHashMap<>();
        byLayout.forEach((layout, places) -> {
            ScreenRows rows = new ScreenRows(true);
            rows.fill(layout, places.stream().map(asked::get).toList());
            groups.add(new AskedGroup(
                    layout,
                    rows,
                    places.stream().mapToInt(Integer::intValue).toArray(),
                    places.stream()
                            .mapToDouble(
                                    place -> smallest.computeIfAbsent(log10Screens[place], PreparedEvidence::smallestZ))
                            .toArray()));
        });
    }

    /** Room to lay out models in, for one thread at a time. */
    public static final class Workspace {

        private final ScreenRows rows = new ScreenRows(false);
    }

    /** @param others models of this one layout, so few that what is laid out of them stays in a cache */
    public void search(ScreenLayout layout, List<PreparedEvidence> others, Workspace workspace, Suspects suspects) {
        workspace.rows.fill(layout, others);
        for (AskedGroup group : groups) {
            ScreenPlan plan = ScreenPlan.of(group.layout(), layout, group.rows());
            if (!plan.isEmpty()) {
                new PairScreen(plan, group.rows(), group.z(), workspace.rows)
                        .search((asked, other, parts) -> suspects.suspect(group.places()[asked], other, parts));
            }
        }
    }
}
