package dev.forebear.worker;

import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelUploaded;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code model-uploads} on its way through the worker. It may be abandoned at any time, when its partition
 * goes to another worker: then a running attempt is interrupted and nothing of it is published.
 */
final class UploadTask {

    private final ConsumerRecord<byte[], byte[]> record;
    private final Content content;
    private int attempts;
    private long firstAttemptNanos;
    private boolean abandoned;
    private @Nullable Thread runner;
    private @Nullable Analysis result;

    /** What the record holds. */
    sealed interface Content {}

    /** An announcement of a model version. */
    record Upload(ModelUploaded uploaded) implements Content {}

    /** Bytes that are no announcement, and why. */
    record Undecodable(String reason) implements Content {}

    UploadTask(ConsumerRecord<byte[], byte[]> record, Content content) {
        this.record = record;
        this.content = content;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    Content content() {
        return content;
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** {@code <topic>/<partition>@<offset>}. */
    String position() {
        return record.topic() + "/" + record.partition() + "@" + record.offset();
    }

    Lane lane() {
        return switch (content) {
            case Upload(ModelUploaded uploaded) -> uploaded.getLane();
            case Undecodable ignored -> Lane.INTERACTIVE;
        };
    }

    /** Tasks of one key are done one after another. */
    String key() {
        return switch (content) {
            case Upload(ModelUploaded uploaded) -> uploaded.getRegistry() + "/" + uploaded.getName();
            case Undecodable ignored -> position();
        };
    }

    /** Begins an attempt in the calling thread; false when the task was abandoned. */
    synchronized boolean begin(long nowNanos) {
        if (abandoned) {
            return false;
        }
        if (attempts == 0) {
            firstAttemptNanos = nowNanos;
        }
        attempts++;
        runner = Thread.currentThread();
        return true;
    }

    /** Ends the attempt, so that the thread can no longer be interrupted on its behalf. */
    synchronized void end() {
        runner = null;
        if (Thread.interrupted() && !abandoned) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void abandon() {
        abandoned = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Keeps what is to be published, so that a broker that does not answer costs no second reading. */
    synchronized void settle(Analysis settled) {
        result = settled;
    }

    /** What is to be published; null until it is known. */
    synchronized @Nullable Analysis result() {
        return result;
    }

    synchronized boolean abandoned() {
        return abandoned;
    }

    /** Attempts begun. */
    synchronized int attempts() {
        return attempts;
    }

    /** When the first attempt began, in {@link System#nanoTime()}. */
    synchronized long firstAttemptNanos() {
        return firstAttemptNanos;
    }
}
