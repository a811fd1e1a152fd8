package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.numbers.VectorInstructions;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.evidence.ScreenPlan.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both loops of a screen count what is counted one by one, whatever there is to be counted. */
class ScreenLoopsTest {

    private final Random random = new Random(54);

    @Test
    void runsOnVectorsWhereTheProcessorHasThem() {
        assertThat(ScreenLoops.FASTEST instanceof VectorScreenLoops).isEqualTo(VectorInstructions.AVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 4", "4, 2, 2, 13", "5, 128, 32, 40", "7, 31, 47, 8", "8, 33, 48, 40", "3, 65, 96, 20"})
    void countsWhatIsCountedOneByOne(int asked, int others, int layers, int width) {
        List<PreparedEvidence> left = models(asked, layers, width);
        List<PreparedEvidence> right = models(others, layers, width);
        for (ScreenLoops loops : List.of(new PlainScreenLoops(), ScreenLoops.FASTEST)) {
            ScreenRows rows = rows(loops, true, left);
            ScreenRows columns = rows(loops, false, right);
            ScreenPlan plan = ScreenPlan.of(ScreenLayout.of(left.getFirst()), ScreenLayout.of(right.getFirst()), rows);
            for (int first = 0; first < asked; first++) {
                int[] some = {first, asked - 1, 0, first};
                products(plan).forEach(span -> {
                    int[][] sums = sums(others, loops);
                    loops.products(rows, some, columns, span, sums);
                    assertAll(
                            some,
                            others,
                            (row, of) -> assertThat(loops.decoded(sums[row][of]))
                                    .isEqualTo(product(loops, rows, some[row], columns, of, span)));
                });
                signs(plan).forEach(span -> {
                    int[][] sums = sums(others, loops);
                    loops.differing(rows, some, columns, span, sums);
                    assertAll(
                            some,
                            others,
                            (row, of) ->
                                    assertThat(sums[row][of]).isEqualTo(differing(rows, some[row], columns, of, span)));
                });
            }
        }
    }

    @Test
    void bothLoopsPassTheSamePairs() {
        List<PreparedEvidence> models = models(300, 50, 40);
        double[] screens = new double[models.size()];
        Arrays.fill(screens, -0.3);
        List<List<String>> found = new ArrayList<>();
        for (ScreenLoops loops : List.of(new PlainScreenLoops(), ScreenLoops.FASTEST)) {
            List<String> pairs = new ArrayList<>();
            new EvidenceScreen(models, screens, loops)
                    .search(
                            ScreenLayout.of(models.getFirst()),
                            models,
                            new EvidenceScreen.Workspace(loops),
                            (one, other, likely) -> pairs.add(one + " " + other + " " + likely));
            found.add(pairs.stream().sorted().toList());
        }
        assertThat(found.getFirst()).isEqualTo(found.getLast()).hasSizeGreaterThan(models.size());
    }

    private static ScreenRows rows(ScreenLoops loops, boolean asked, List<PreparedEvidence> models) {
        ScreenRows rows = new ScreenRows(loops, asked);
        rows.fill(ScreenLayout.of(models.getLast()), List.of(models.getLast()));
        rows.fill(ScreenLayout.of(models.getFirst()), models);
        return rows;
    }

    private static Stream<Span> products(ScreenPlan plan) {
        Stream<Span> sketches = Stream.of(ScreenRows.GATE_UP_AT, ScreenRows.VALUE_AT)
                .flatMap(at -> IntStream.range(0, ScreenRows.PARTS)
                        .mapToObj(part -> new Span(at + part * ScreenRows.PART_STRIDE, ScreenRows.PART)));
        return Stream.concat(sketches, plan.neurons().stream());
    }

    private static Stream<Span> signs(ScreenPlan plan) {
        return Stream.concat(plan.functionSigns().stream(), plan.geometrySigns().stream());
    }

    private static int[][] sums(int others, ScreenLoops loops) {
        return new int[ScreenLoops.ASKED][loops.rows(others) + 1];
    }

    private interface Check {

        void of(int row, int other);
    }

    private static void assertAll(int[] rows, int others, Check check) {
        for (int row = 0; row < rows.length; row++) {
            for (int other = 0; other < others; other++) {
                check.of(row, other);
            }
        }
    }

    private static int product(ScreenLoops loops, ScreenRows rows, int row, ScreenRows others, int other, Span span) {
        int sum = 0;
        for (int i = span.from(); i < span.from() + span.length(); i++) {
            int left = rows.numbers()[rows.numberAt(row, i)];
            int right = others.numbers()[others.numberAt(other, i)];
            // Numbers of plain rows carry into each other; a pair by itself is a product like any other.
            sum += loops instanceof PlainScreenLoops
                    ? PairedShorts.decoded(left * right)
                    : (short) left * (short) right + (left >> Short.SIZE) * (right >> Short.SIZE);
        }
        return sum;
    }

    private static int differing(ScreenRows rows, int row, ScreenRows others, int other, Span span) {
        int sum = 0;
        for (int i = span.from(); i < span.from() + span.length(); i++) {
            sum += Long.bitCount(rows.signs()[rows.signsAt(row, i)] ^ others.signs()[others.signsAt(other, i)]);
        }
        return sum;
    }

    private List<PreparedEvidence> models(int count, int layers, int width) {
        ModelShape shape = new ModelShape("llama", 64, layers, 128, 4, 2, 16, 1024, 1, true, false, "BF16");
        return IntStream.range(0, count)
                .mapToObj(number -> new PreparedEvidence(
                        shape,
                        new EvidenceFeatures(
                                new PositionalSketch(
                                        sketch(number), 1 << 16, sketch(number + 1), 1 << 16, sketch(0), 64),
                                new NeuronScalars(16, layers, ranks(layers), ranks(layers)),
                                new Functionals(
                                        width,
                                        bytes(2 * width * width),
                                        bytes(2 * width * width),
                                        bytes(512),
                                        bytes(width * (width + 1) / 2)),
                                List.of())))
                .toList();
    }

    /** Some with all of their length in one part, which must not be more than sums can hold. */
    private byte[] sketch(int number) {
        byte[] sketch = bytes(PositionalSketch.SIZE);
        if (number % 5 == 1) {
            Arrays.fill(sketch, 100, sketch.length, (byte) 0);
        }
        if (number % 5 == 2) {
            Arrays.fill(sketch, number % 2 == 0 ? (byte) 127 : -128);
        }
        return sketch;
    }

    private byte[] ranks(int layers) {
        byte[] ranks = new byte[16 * layers];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = (byte) (2 * random.nextInt(16) - 15);
        }
        return ranks;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(32 * random.nextGaussian()), -127, 127);
        }
        return bytes;
    }
}
