package dev.forebear.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Work that takes a while: a bar on a terminal, now and then a line elsewhere, nothing when quiet; after some seconds
 * with how long it may still take. Gone when closed; what the work came to is the command's to say.
 */
public final class Progress implements AutoCloseable {

    /** Total of work whose end is not known: its amount is shown in its own unit. */
    public static final long UNKNOWN = -1;

    private static final Duration REPAINT = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int BAR = 28;
    private static final String ERASE = "\r\u001b[2K";

    private final Console console;
    private final String label;
    private final LongSupplier done;
    private final LongSupplier total;
    private final LongFunction<String> unit;
    private final Remaining remaining = new Remaining(System.nanoTime());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread painter = Thread.ofVirtual().name("progress").unstarted(this::paint);

    private Progress(Console console, String label, LongSupplier done, LongSupplier total, LongFunction<String> unit) {
        this.console = console;
        this.label = label;
        this.done = done;
        this.total = total;
        this.unit = unit;
    }

    /**
     * @param done amount of work done, asked from another thread
     * @param total amount of work altogether, in the same unit, or {@link #UNKNOWN}; asked again and again, too
     * @param unit shows an amount
     */
    static Progress start(
            Console console, String label, LongSupplier done, LongSupplier total, LongFunction<String> unit) {
        var progress = new Progress(console, label, done, total, unit);
        if (!console.isQuiet()) {
            progress.painter.start();
        }
        return progress;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            painter.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void paint() {
        Duration interval = console.repaints() ? REPAINT : LINE;
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                if (console.repaints()) {
                    console.paint(ERASE + bar());
                } else {
                    console.note(label + ": " + amount());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            if (console.repaints()) {
                console.paint(ERASE);
            }
        }
    }

    private String amount() {
        if (isUnknown()) {
            return unit.apply(done.getAsLong());
        }
        return "%3d %%".formatted(percent())
                + remaining
                        .at(System.nanoTime(), done.getAsLong(), total.getAsLong())
                        .map(time -> ", about " + Quantities.duration(time) + " left")
                        .orElse("");
    }

    private boolean isUnknown() {
        return total.getAsLong() == UNKNOWN;
    }

    private int percent() {
        return (int) Math.clamp(100.0 * done.getAsLong() / Math.max(1, total.getAsLong()), 0, 100);
    }

    private String bar() {
        String text = Printable.of(label) + " " + (isUnknown() ? "" : track() + " ") + amount();
        return text.length() > console.columns() ? text.substring(0, console.columns()) : text;
    }

    private String track() {
        int filled = percent() * BAR / 100;
        return "━".repeat(filled) + "─".repeat(BAR - filled);
    }
}
