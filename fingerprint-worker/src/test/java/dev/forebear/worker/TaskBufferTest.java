package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskBufferTest {

    private long offset;

    @Test
    void interactiveGoesBeforeBulkThatCameEarlier() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        var bulk = offer(buffer, "a", Lane.BULK);
        var interactive = offer(buffer, "b", Lane.INTERACTIVE);
        assertThat(buffer.take()).isSameAs(interactive);
        assertThat(buffer.take()).isSameAs(bulk);
    }

    @Test
    void bulkLeavesAThreadFree() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        var first = offer(buffer, "a", Lane.BULK);
        var second = offer(buffer, "b", Lane.BULK);
        assertThat(buffer.take()).isSameAs(first);
        var waiting = takeInBackground(buffer);
        var interactive = offer(buffer, "c", Lane.INTERACTIVE);
        assertThat(waiting.join()).isSameAs(interactive);
        buffer.finish(first);
        assertThat(buffer.take()).isSameAs(second);
    }

    @Test
    void bulkRunsOnTheOnlyThread() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 1);
        var bulk = offer(buffer, "a", Lane.BULK);
        assertThat(buffer.take()).isSameAs(bulk);
    }

    @Test
    void bulkWithoutPlaceLeavesPlaceForInteractive() {
        var buffer = new TaskBuffer(1, 2, 2);
        offer(buffer, "a", Lane.BULK);
        offer(buffer, "b", Lane.BULK);
        assertThat(buffer.offer(task("c", Lane.BULK))).isFalse();
        assertThat(buffer.offer(task("d", Lane.INTERACTIVE))).isTrue();
        assertThat(buffer.offer(task("e", Lane.INTERACTIVE))).isFalse();
        assertThat(buffer.size()).isEqualTo(3);
    }

    @Test
    void tasksOfOneModelRunOneAfterAnother() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        var first = offer(buffer, "a", Lane.INTERACTIVE);
        var second = offer(buffer, "a", Lane.INTERACTIVE);
        var other = offer(buffer, "b", Lane.INTERACTIVE);
        assertThat(buffer.take()).isSameAs(first);
        assertThat(buffer.take()).isSameAs(other);
        var waiting = takeInBackground(buffer);
        buffer.finish(first);
        assertThat(waiting.join()).isSameAs(second);
    }

    @Test
    void interactiveBehindBulkOfTheSameModelPullsItForward() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        offer(buffer, "a", Lane.BULK);
        var bulk = offer(buffer, "b", Lane.BULK);
        var interactive = offer(buffer, "b", Lane.INTERACTIVE);
        assertThat(buffer.take()).isSameAs(bulk);
        buffer.finish(bulk);
        assertThat(buffer.take()).isSameAs(interactive);
    }

    @Test
    void aTaskToBeTriedAgainLetsOthersPassButNotThoseOfItsModel() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        var failing = offer(buffer, "a", Lane.INTERACTIVE);
        var behind = offer(buffer, "a", Lane.INTERACTIVE);
        var other = offer(buffer, "b", Lane.INTERACTIVE);
        buffer.take();
        long due = System.nanoTime() + Duration.ofMillis(200).toNanos();
        buffer.retry(failing, due);
        assertThat(buffer.take()).isSameAs(other);
        assertThat(buffer.take()).isSameAs(failing);
        assertThat(System.nanoTime() - due).isNotNegative();
        buffer.finish(failing);
        assertThat(buffer.take()).isSameAs(behind);
    }

    @Test
    void abandonedTasksThatWaitAreGoneAndThoseThatRunAreInterrupted() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        var running = offer(buffer, "a", Lane.INTERACTIVE);
        offer(buffer, "b", Lane.BULK);
        buffer.take();
        assertThat(running.begin(0)).isTrue();
        buffer.abandon(task -> true);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(buffer.size()).isEqualTo(1);
        running.end();
        buffer.finish(running);
        assertThat(buffer.size()).isZero();
        assertThat(running.abandoned()).isTrue();
    }

    @Test
    void theInterruptOfAnAbandonedTaskDoesNotReachTheNextOne() {
        var task = task("a", Lane.INTERACTIVE);
        task.begin(0);
        task.abandon();
        task.end();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(task.begin(0)).isFalse();
    }

    @Test
    void abandoningOnePartitionKeepsTheTasksOfOthers() throws InterruptedException {
        var buffer = new TaskBuffer(10, 10, 2);
        offer(buffer, "a", Lane.INTERACTIVE);
        var kept = offer(buffer, "a", Lane.INTERACTIVE);
        buffer.abandon(task -> task.record().offset() == 0);
        assertThat(buffer.take()).isSameAs(kept);
    }

    @Test
    void closingReleasesWaitingThreads() {
        var buffer = new TaskBuffer(10, 10, 2);
        var waiting = takeInBackground(buffer);
        buffer.close();
        assertThat(waiting.join()).isNull();
    }

    private UploadTask offer(TaskBuffer buffer, String model, Lane lane) {
        UploadTask task = task(model, lane);
        assertThat(buffer.offer(task)).isTrue();
        return task;
    }

    private UploadTask task(String model, Lane lane) {
        var uploaded = ModelUploaded.newBuilder()
                .setEventId("event-" + offset)
                .setModelVersionId("internal/" + model + "@1")
                .setRegistry("internal")
                .setName(model)
                .setVersion("1")
                .setLocation("s3://models/" + model)
                .setSender("s3")
                .setLane(lane)
                .setDeclaredBases(List.of())
                .setUploadedAt(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setCorrelationId("c")
                .build();
        var record = new ConsumerRecord<>("model-uploads", 0, offset++, new byte[0], new byte[0]);
        return new UploadTask(record, new UploadTask.Upload(uploaded));
    }

    private static CompletableFuture<UploadTask> takeInBackground(TaskBuffer buffer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return buffer.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
