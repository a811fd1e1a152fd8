package dev.forebear.worker;

import dev.forebear.schemas.wire.Lane;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a worker between acceptance and completion. A task keeps its place while it waits, runs and waits to be
 * tried again. Interactive tasks go first; bulk tasks have their own, smaller number of places and never take the last
 * thread. Tasks of one key are handed out one at a time, in the order of acceptance. Safe for use by several threads.
 */
final class TaskBuffer {

    private static final long DUE_NOW = Long.MIN_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    private final int interactivePlaces;
    private final int bulkPlaces;
    private final int bulkThreads;
    private int interactive;
    private int bulk;
    private int bulkRunning;
    private boolean closed;

    /** Tasks of one key; the first one runs when {@code running} is set. */
    private static final class Queue {
        private final ArrayDeque<UploadTask> tasks = new ArrayDeque<>();
        private @Nullable UploadTask running;
        private boolean runsAsBulk;
        private long dueNanos = DUE_NOW;

        /** A queue with an interactive task in it is worked on at its pace, or that task would wait behind bulk. */
        Lane lane() {
            return tasks.stream().anyMatch(task -> task.lane() == Lane.INTERACTIVE) ? Lane.INTERACTIVE : Lane.BULK;
        }

        boolean ready(long now) {
            return running == null && (dueNanos == DUE_NOW || now - dueNanos >= 0);
        }
    }

    /**
     * @param interactivePlaces interactive tasks held at once
     * @param bulkPlaces bulk tasks held at once
     * @param threads threads that take tasks; bulk tasks leave one of them free when there are several
     */
    TaskBuffer(int interactivePlaces, int bulkPlaces, int threads) {
        this.interactivePlaces = interactivePlaces;
        this.bulkPlaces = bulkPlaces;
        this.bulkThreads = Math.max(1, threads - 1);
    }

    /** Takes the task in, unless its lane has no place. */
    boolean offer(UploadTask task) {
        lock.lock();
        try {
            if (!hasPlace(task.lane())) {
                return false;
            }
            count(task, 1);
            queues.computeIfAbsent(task.key(), key -> new Queue()).tasks.add(task);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next task to work on; null once the buffer is closed. Blocks until there is one. */
    @Nullable
    UploadTask take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long now = System.nanoTime();
                Queue queue = next(now);
                if (queue != null) {
                    return start(queue);
                }
                long wait = untilDue(now);
                if (wait == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.await(wait, TimeUnit.NANOSECONDS);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Queue next(long now) {
        Queue firstBulk = null;
        for (Queue queue : queues.values()) {
            if (!queue.ready(now)) {
                continue;
            }
            if (queue.lane() == Lane.INTERACTIVE) {
                return queue;
            }
            firstBulk = firstBulk == null ? queue : firstBulk;
        }
        return bulkRunning < bulkThreads ? firstBulk : null;
    }

    private UploadTask start(Queue queue) {
        queue.runsAsBulk = queue.lane() == Lane.BULK;
        bulkRunning += queue.runsAsBulk ? 1 : 0;
        UploadTask task = queue.tasks.getFirst();
        queue.running = task;
        queue.dueNanos = DUE_NOW;
        return task;
    }

    private long untilDue(long now) {
        return queues.values().stream()
                .filter(queue -> queue.running == null && queue.dueNanos != DUE_NOW)
                .mapToLong(queue -> Math.max(1, queue.dueNanos - now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The task is finished: its place and its key are free. */
    void finish(UploadTask task) {
        lock.lock();
        try {
            Queue queue = stop(task);
            queue.tasks.removeFirst();
            count(task, -1);
            queues.remove(task.key());
            if (!queue.tasks.isEmpty()) {
                queues.put(task.key(), queue);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The task is to be tried again at {@code dueNanos} of {@link System#nanoTime()}; it keeps its place and its key.
     */
    void retry(UploadTask task, long dueNanos) {
        lock.lock();
        try {
            stop(task).dueNanos = dueNanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Queue stop(UploadTask task) {
        Queue queue = queues.get(task.key());
        if (queue == null || queue.running != task) {
            throw new IllegalStateException(task.key() + " is not running");
        }
        bulkRunning -= queue.runsAsBulk ? 1 : 0;
        queue.running = null;
        return queue;
    }

    /** Removes the tasks that match and do not run; abandons those that run, which stay until they are finished. */
    void abandon(Predicate<UploadTask> which) {
        lock.lock();
        try {
            queues.values().forEach(queue -> abandon(queue, which));
            queues.values().removeIf(queue -> queue.tasks.isEmpty());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void abandon(Queue queue, Predicate<UploadTask> which) {
        UploadTask first = queue.tasks.peekFirst();
        queue.tasks.stream().filter(which).forEach(UploadTask::abandon);
        queue.tasks.removeIf(task -> {
            boolean removed = task.abandoned() && task != queue.running;
            if (removed) {
                count(task, -1);
            }
            return removed;
        });
        if (queue.tasks.peekFirst() != first) {
            queue.dueNanos = DUE_NOW;
        }
    }

    private void count(UploadTask task, int change) {
        switch (task.lane()) {
            case INTERACTIVE -> interactive += change;
            case BULK -> bulk += change;
        }
    }

    private boolean hasPlace(Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> interactive < interactivePlaces;
            case BULK -> bulk < bulkPlaces;
        };
    }

    /** Whether at least half of the places of the lane are free, so that reading on is worth a seek. */
    boolean isHalfFree(Lane lane) {
        lock.lock();
        try {
            return switch (lane) {
                case INTERACTIVE -> 2 * interactive <= interactivePlaces;
                case BULK -> 2 * bulk <= bulkPlaces;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that wait or run. */
    int size() {
        lock.lock();
        try {
            return interactive + bulk;
        } finally {
            lock.unlock();
        }
    }

    /** Tasks of a lane that wait or run. */
    int size(Lane lane) {
        lock.lock();
        try {
            return switch (lane) {
                case INTERACTIVE -> interactive;
                case BULK -> bulk;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of every thread that waits for a task. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
