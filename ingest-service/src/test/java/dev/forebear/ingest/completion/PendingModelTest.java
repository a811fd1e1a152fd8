package dev.forebear.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.completion.PendingModel.Readiness;
import dev.forebear.schemas.wire.ObjectChangeKind;
import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingModelTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMinutes(10);

    private @Nullable PendingModel model;
    private long offset = 100;

    @Test
    void waitsForTheSmallFilesThatComeWithTheWeights() {
        written("model.safetensors", "a", 0);
        written("README.md", "b", 1_500);

        assertThat(readiness(3_000)).isEqualTo(Readiness.WAITS);
        assertThat(readiness(3_500)).isEqualTo(Readiness.COMPLETE);
    }

    @Test
    void isNotDelayedForEverByFilesThatAreNoWeights() {
        written("model.safetensors", "a", 0);
        written("train.log", "b", QUIET.toMillis() - 1);

        assertThat(readiness(QUIET.toMillis())).isEqualTo(Readiness.COMPLETE);
    }

    @Test
    void isTakenForWhatItIsWhenNothingCameForLong() {
        written("m-00001-of-00002.gguf", "a", 0);

        assertThat(readiness(QUIET.toMillis() - 1)).isEqualTo(Readiness.WAITS);
        assertThat(readiness(QUIET.toMillis())).isEqualTo(Readiness.QUIET);
    }

    @Test
    void shardsThatAreWrittenOverAreWaitedForOnceMore() {
        written("m-00001-of-00002.gguf", "a", 0);
        written("m-00002-of-00002.gguf", "b", 10);
        model().told();

        written("m-00001-of-00002.gguf", "c", 10_000);
        assertThat(readiness(20_000)).isEqualTo(Readiness.WAITS);

        written("m-00002-of-00002.gguf", "d", 20_000);
        assertThat(readiness(30_000)).isEqualTo(Readiness.COMPLETE);
    }

    @Test
    void repeatedAndOvertakenEventsChangeNothing() {
        written("model.safetensors", "new", 5_000);
        model().told();

        written("model.safetensors", "new", 5_000);
        written("model.safetensors", "old", 0);
        removed("model.safetensors", 1_000);

        assertThat(readiness(60_000)).isEqualTo(Readiness.TOLD);
    }

    @Test
    void isGoneWhenItsWeightsAre() {
        written("model.safetensors", "a", 0);
        model().told();
        removed("model.safetensors", 5_000);

        assertThat(readiness(10_000)).isEqualTo(Readiness.GONE);
    }

    @Test
    void isNotGoneWhenItsWeightsHaveAnotherFormNow() {
        written("pytorch_model.bin", "a", 0);
        model().told();
        removed("pytorch_model.bin", 5_000);
        written("model.safetensors", "b", 6_000);

        assertThat(readiness(10_000)).isEqualTo(Readiness.COMPLETE);
    }

    @Test
    void nobodyIsToldOfWhatVanishedBeforeAnybodyKnewOfIt() {
        written("model.safetensors", "a", 0);
        removed("model.safetensors", 100);

        assertThat(readiness(10_000)).isEqualTo(Readiness.VANISHED);
    }

    @Test
    void waitsFromItsOldestChange() {
        written("m-00001-of-00002.gguf", "a", 0);
        written("m-00002-of-00002.gguf", "b", 10);
        assertThat(model().waitsFrom()).isEqualTo(100);

        model().told();
        assertThat(model().waitsFrom()).isNull();
    }

    @Test
    void whatWasToldBeforeOnlySaysWhatIsThere() {
        change("m-00001-of-00002.gguf", "a", ObjectChangeKind.WRITTEN, 0, true);
        change("m-00002-of-00002.gguf", "b", ObjectChangeKind.WRITTEN, 0, true);

        assertThat(readiness(10_000)).isEqualTo(Readiness.TOLD);
        assertThat(model().weights().files()).hasSize(2);

        removed("m-00001-of-00002.gguf", 20_000);
        removed("m-00002-of-00002.gguf", 20_001);
        assertThat(readiness(30_000)).isEqualTo(Readiness.GONE);
    }

    private void written(String path, String tag, long millis) {
        change(path, tag, ObjectChangeKind.WRITTEN, millis, false);
    }

    private void removed(String path, long millis) {
        change(path, null, ObjectChangeKind.REMOVED, millis, false);
    }

    private void change(String path, @Nullable String tag, ObjectChangeKind kind, long millis, boolean told) {
        Instant at = TIME.plusMillis(millis);
        ObjectChanged change = ObjectChanges.change("lake", "helios", path, tag, kind, at);
        if (model == null) {
            model = new PendingModel(new TopicPartition("object-changes", 0), change, at);
        }
        model.apply(change, offset++, at, told, null);
    }

    private Readiness readiness(long millis) {
        return model().readiness(TIME.plusMillis(millis), SETTLE, QUIET);
    }

    private PendingModel model() {
        return Objects.requireNonNull(model);
    }
}
