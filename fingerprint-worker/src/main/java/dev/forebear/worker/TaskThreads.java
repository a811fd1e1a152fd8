package dev.forebear.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that take tasks from the buffer and work on them until the buffer is closed. */
final class TaskThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskThreads.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration AFTER_INTERNAL_ERROR = Duration.ofSeconds(30);

    private final TaskBuffer buffer;
    private final UploadProcessor processor;
    private final Consumer<UploadTask> finished;
    private final List<Thread> threads;

    /**
     * Starts the threads.
     *
     * @param finished told of every task that is finished or was abandoned, before its place is free
     */
    TaskThreads(int count, TaskBuffer buffer, UploadProcessor processor, Consumer<UploadTask> finished) {
        this.buffer = buffer;
        this.processor = processor;
        this.finished = finished;
        this.threads = IntStream.range(0, count)
                .mapToObj(i ->
                        Thread.ofPlatform().daemon().name("fingerprint-" + i).start(this::work))
                .toList();
    }

    private void work() {
        try {
            UploadTask task = buffer.take();
            while (task != null) {
                work(task);
                task = buffer.take();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts a thread that has no task.
            Thread.currentThread().interrupt();
        }
    }

    private void work(UploadTask task) {
        Optional<Duration> delay = Optional.empty();
        if (task.begin(System.nanoTime())) {
            try {
                delay = processor.attempt(task);
            } catch (InterruptedException e) {
                // The task was abandoned, or the service ends and its buffer is abandoned.
                task.abandon();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).addKeyValue("upload", task.position()).log("internal error, trying again");
                delay = Optional.of(AFTER_INTERNAL_ERROR);
            } finally {
                task.end();
            }
        }
        if (delay.isPresent() && !task.abandoned()) {
            buffer.retry(task, System.nanoTime() + delay.get().toNanos());
        } else {
            finished.accept(task);
            buffer.finish(task);
        }
    }

    /** Waits for threads whose tasks were abandoned to notice it. */
    @Override
    public void close() {
        buffer.close();
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }
}
