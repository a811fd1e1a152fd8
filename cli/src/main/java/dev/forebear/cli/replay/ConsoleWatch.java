package dev.forebear.cli.replay;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.replay.ReplayWatch;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far a replay has come. */
record ConsoleWatch(Console console) implements ReplayWatch {

    @Override
    public Part begin(String what, long total) {
        var done = new AtomicLong();
        Progress progress =
                console.progress(what, done::get, () -> total == UNKNOWN ? Progress.UNKNOWN : total, "%,d"::formatted);
        return new Part() {
            @Override
            public void done(long amount) {
                done.set(amount);
            }

            @Override
            public void close() {
                progress.close();
            }
        };
    }
}
