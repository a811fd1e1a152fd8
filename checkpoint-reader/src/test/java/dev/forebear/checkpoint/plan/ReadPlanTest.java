package dev.forebear.checkpoint.plan;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.checkpoint.storage.ReadTotals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPlanTest {

    private static final int SIZE = 1 << 20;
    private static final ReadBudget BUDGET = new ReadBudget(4, 256 << 10, 1_000, 64 << 10);

    private final FarFile far = new FarFile(SIZE);
    private final PlannedFile file = new PlannedFile(far);
    private final List<byte[]> found = new ArrayList<>();

    @Test
    void readsNothingWhilePlanning() throws IOException {
        plan(step("a", 0, 100), step("b", 500_000, 7));
        assertThat(far.totals()).isEqualTo(new ReadTotals(0, 0));
        assertThat(found).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
    }

    @Test
    void readsRangesNearEachOtherWithOneRequest() throws IOException {
        assertPlanned(1, 1_200, step("a", 5_000, 100), step("b", 6_100, 100));
        assertPlanned(2, 200, step("a", 5_000, 100), step("b", 6_101, 100));
    }

    @Test
    void splitsWhatIsLongerThanABlock() throws IOException {
        assertPlanned(2, 80_000, step("a", 0, 40_000, 40_000, 40_000));
    }

    @Test
    void readsLongRangesThatAStepAsksForAtOnceAtOnce() throws IOException {
        assertPlanned(1, 200_000, step("a", 0, 200_000));
    }

    @Test
    void readsOnceWhatSeveralStepsNeed() throws IOException {
        ReadPlan plan = assertPlanned(1, 10_000, step("a", 0, 10_000), step("b", 2_000, 50), step("c", 0, 10_000));
        assertThat(plan.costs())
                .containsExactly(
                        new ReadPlan.Cost("a", 10_000, 1),
                        new ReadPlan.Cost("b", 50, 1),
                        new ReadPlan.Cost("c", 10_000, 1));
    }

    @Test
    void readsAgainTheLeastThatCannotBeKept() throws IOException {
        int block = 60_000;
        var steps = new ArrayList<ReadStep>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
                steps.add(step("round " + round + ", block " + i, i * 100_000, block));
            }
        }
        // Two blocks of four can wait for the second round while the others pass by.
        assertPlanned(6, 6 * block, steps.toArray(ReadStep[]::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatWasPlannedAndNothingElse(long seed) throws IOException {
        var random = new Random(seed);
        var steps = new ReadStep[20];
        for (int i = 0; i < steps.length; i++) {
            int[] ranges = new int[60];
            for (int j = 0; j < ranges.length; j += 2) {
                ranges[j + 1] = 1 + random.nextInt(random.nextBoolean() ? 100 : 30_000);
                ranges[j] = random.nextInt(SIZE - ranges[j + 1]);
            }
            steps[i] = step("step " + i, ranges);
        }
        ReadPlan plan = plan(steps);
        carryOut(plan, steps);
        assertThat(far.totals()).isEqualTo(new ReadTotals(plan.bytes(), plan.requests()));
        assertThat(far.mostUnderWay()).isLessThanOrEqualTo(BUDGET.requests());
    }

    @Test
    void readsWhatWasNotPlannedWhenItIsAskedFor() throws IOException {
        var hangsOnValues = new ReadStep("a", () -> {
            byte[] first = read(0, 100);
            if (first[0] != 0) {
                read(900_000, 50);
            }
            read(100, 50);
        });
        ReadPlan plan = plan(hangsOnValues);
        assertThat(plan.bytes()).isEqualTo(150);
        found.clear();
        plan.carryOut(List.of(hangsOnValues), ReadProgress.UNWATCHED);
        assertThat(found).containsExactly(content(0, 100), content(900_000, 50), content(100, 50));
        assertThat(far.totals()).isEqualTo(new ReadTotals(200, 2));
    }

    @Test
    void plansTheRestWhereAStepFailsOnZeros() throws IOException {
        var fails = new ReadStep("a", () -> {
            if (read(0, 10)[0] == 0) {
                throw new IllegalStateException("expected a value, found zero");
            }
        });
        assertThat(plan(fails, step("b", 500_000, 10)).bytes()).isEqualTo(20);
    }

    @Test
    void passesOnThatTheFileIsAnother() throws IOException {
        var changed = new PlannedFile(new FarFile(SIZE, 2));
        var step = new ReadStep("a", () -> {
            for (int offset = 0; offset < SIZE; offset += 100_000) {
                changed.read(offset, ByteBuffer.allocate(10));
            }
        });
        ReadPlan plan = ReadPlan.of(List.of(step), BUDGET);
        assertRefused(() -> plan.carryOut(List.of(step), ReadProgress.UNWATCHED), Reason.CHANGED, "weights: changed");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws IOException {
        var end = new CountDownLatch(1);
        var slow = new PlannedFile(FarFile.waiting(end));
        var step = new ReadStep("a", () -> slow.read(0, ByteBuffer.allocate(10)));
        ReadPlan plan = ReadPlan.of(List.of(step), BUDGET);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> plan.carryOut(List.of(step), ReadProgress.UNWATCHED));
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    @Test
    void tellsHowMuchOfThePlanIsRead() throws IOException {
        ReadStep[] steps = {step("a", 0, 100), step("b", 500_000, 50_000)};
        ReadPlan plan = plan(steps);
        var told = new ArrayList<Long>();
        plan.carryOut(List.of(steps), (bytes, planned) -> {
            assertThat(planned).isEqualTo(50_100);
            told.add(bytes);
        });
        assertThat(told).hasSize(2).isSorted().endsWith(50_100L);
    }

    @Test
    void plansNothingOfWhatIsInMemory() throws IOException {
        var memory = new PlannedFile(new BytesSource("weights", far.content()));
        var step = new ReadStep("a", () -> memory.read(5, ByteBuffer.allocate(10)));
        assertThat(ReadPlan.of(List.of(step)).bytes()).isZero();
    }

    @Test
    void readsTheSameWithoutItsSteps() throws IOException {
        ReadPlan plan = plan(step("a", 0, 100), step("b", 50, 100, 500_000, 10));
        plan.carryOut(plan.readingAlone(), ReadProgress.UNWATCHED);
        assertThat(far.totals()).isEqualTo(new ReadTotals(plan.bytes(), plan.requests()));
    }

    @Test
    void refusesToCarryOutOtherSteps() throws IOException {
        ReadPlan plan = plan(step("a", 0, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.carryOut(List.of(step("b", 0, 10)), ReadProgress.UNWATCHED))
                .withMessage("steps: expected [a], found [b]");
    }

    private static ReadPlan plan(ReadStep... steps) throws IOException {
        return ReadPlan.of(List.of(steps), BUDGET);
    }

    private ReadPlan assertPlanned(long requests, long bytes, ReadStep... steps) throws IOException {
        ReadPlan plan = plan(steps);
        assertThat(plan.requests()).isEqualTo(requests);
        assertThat(plan.bytes()).isEqualTo(bytes);
        carryOut(plan, steps);
        return plan;
    }

    /** Carries out and holds what the steps found against the file. */
    private void carryOut(ReadPlan plan, ReadStep... steps) throws IOException {
        List<PlannedRead> reads = plan.reads();
        found.clear();
        plan.carryOut(List.of(steps), ReadProgress.UNWATCHED);
        assertThat(found).hasSameSizeAs(reads);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i))
                    .isEqualTo(content((int) reads.get(i).offset(), reads.get(i).length()));
        }
    }

    /** A step that reads ranges, each given by offset and length. */
    private ReadStep step(String name, int... ranges) {
        return new ReadStep(name, () -> {
            for (int i = 0; i < ranges.length; i += 2) {
                read(ranges[i], ranges[i + 1]);
            }
        });
    }

    private byte[] read(int offset, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        Arrays.fill(target.array(), (byte) 1);
        file.read(offset, target);
        found.add(target.array());
        return target.array();
    }

    private byte[] content(int offset, int length) {
        return Arrays.copyOfRange(far.content(), offset, offset + length);
    }
}
