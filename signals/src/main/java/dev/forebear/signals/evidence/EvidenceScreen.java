package dev.forebear.signals.evidence;

import dev.forebear.signals.ModelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Screens many models against many at once, several times as fast as pair by pair. Bounds every cheap statistic from
 * above, and looks closer only where one may be large enough. Immutable; safe for use by several threads.
 */
public final class EvidenceScreen {

    /** Rows of gate and up. */
    static final int GATE_UP = 1;

    /** Rows of value. */
    static final int VALUE = 2;

    /** Neuron scalars. */
    static final int NEURONS = 4;

    /** All that the screen looks at. */
    static final int SCREENED = GATE_UP | VALUE | NEURONS;

    /** What is done to tokens, or how their embeddings lie, by signs. */
    static final int FUNCTIONS = 8;

    private static final int WARM_UP_MODELS = 64;
    private static final int WARM_UP_ROUNDS = 1_000;
    private static final double WARM_UP_SCREEN = -4;

    private final List<PreparedEvidence> asked;
    private final double[] log10Screens;
    private final List<AskedGroup> groups = new ArrayList<>();

    /** Pairs that the screen lets through, and pairs whose functions may be alike. */
    @FunctionalInterface
    public interface Screened {

        /**
         * By their places in both lists.
         *
         * @param likely whether the screen let it through; else signs say that functions may be alike
         */
        void screened(int asked, int other, boolean likely);
    }

    /** Pairs that have to be looked at. */
    @FunctionalInterface
    interface Suspects {

        /**
         * By their places in both lists.
         *
         * @param parts what may be alike: {@link #GATE_UP}, {@link #VALUE}, {@link #NEURONS}, {@link #FUNCTIONS}, or
         *     several
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
        this(asked, log10Screens, ScreenLoops.FASTEST);
    }

    EvidenceScreen(List<PreparedEvidence> asked, double[] log10Screens, ScreenLoops loops) {
        this.asked = List.copyOf(asked);
        this.log10Screens = log10Screens.clone();
        Map<ScreenLayout, List<Integer>> byLayout = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byLayout.computeIfAbsent(ScreenLayout.of(asked.get(i)), layout -> new ArrayList<>())
                    .add(i);
        }
        Map<Double, Double> smallest = new LinkedHashMap<>();
        byLayout.forEach((layout, places) -> {
            ScreenRows rows = new ScreenRows(loops, true);
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

    /**
     * Has the loops compiled, until when they are slow: for who is about to screen millions, while it waits for
     * something else.
     */
    public static void warmUp() {
        var random = new SplittableRandom(0);
        List<PreparedEvidence> models =
                Stream.generate(() -> anyModel(random)).limit(WARM_UP_MODELS).toList();
        double[] screens = new double[WARM_UP_MODELS];
        Arrays.fill(screens, WARM_UP_SCREEN);
        var screen = new EvidenceScreen(models, screens);
        var workspace = new Workspace();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            screen.search(ScreenLayout.of(models.getFirst()), models, workspace, (asked, other, likely) -> {});
        }
    }

    private static PreparedEvidence anyModel(SplittableRandom random) {
        byte[] sketch = bytes(random, PositionalSketch.SIZE);
        byte[] matrices = bytes(random, Functionals.WIDTH * Functionals.WIDTH);
        byte[] geometry = bytes(random, Functionals.WIDTH * (Functionals.WIDTH + 1) / 2);
        byte[] scalars = new byte[ScreenRows.CHUNK * NeuronScalars.NEURONS];
        return new PreparedEvidence(
                new ModelShape("", 1, ScreenRows.CHUNK, 1, 1, 1, 1, 1, 1, true, false, ""),
                new EvidenceFeatures(
                        new PositionalSketch(sketch, 1, sketch, 1, sketch, 1),
                        new NeuronScalars(NeuronScalars.NEURONS, ScreenRows.CHUNK, scalars, scalars),
                        new Functionals(Functionals.WIDTH, matrices, matrices, new byte[0], geometry),
                        List.of()));
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Room to lay out models in, for one thread at a time. */
    public static final class Workspace {

        private final ScreenRows rows;

        public Workspace() {
            this(ScreenLoops.FASTEST);
        }

        Workspace(ScreenLoops loops) {
            rows = new ScreenRows(loops, false);
        }
    }

    /** @param others models of this one layout, so few that what is laid out of them stays in a cache */
    public void search(ScreenLayout layout, List<PreparedEvidence> others, Workspace workspace, Screened to) {
        workspace.rows.fill(layout, others);
        for (AskedGroup group : groups) {
            ScreenPlan plan = ScreenPlan.of(group.layout(), layout, group.rows());
            if (!plan.isEmpty()) {
                new PairScreen(plan, group.rows(), group.z(), workspace.rows)
                        .search((row, other, parts) -> look(group, row, others.get(other), other, parts, to));
            }
        }
    }

    private void look(AskedGroup group, int row, PreparedEvidence found, int other, int parts, Screened to) {
        int place = group.places()[row];
        boolean likely =
                (parts & SCREENED) != 0 && asked.get(place).passes(found, parts, group.z()[row], log10Screens[place]);
        if (likely || (parts & FUNCTIONS) != 0 && asked.get(place).functionsMayAgree(found)) {
            to.screened(place, other, likely);
        }
    }
}
