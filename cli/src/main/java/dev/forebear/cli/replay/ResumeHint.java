package dev.forebear.cli.replay;

import dev.forebear.cli.console.Console;
import dev.forebear.schemas.wire.Replay;

/** Says how to go on with a replay when the program is ended in the middle of it. */
final class ResumeHint implements AutoCloseable {

    private final Console console;
    private volatile String replayId = "";
    private final Thread hook = new Thread(this::tell, "resume-hint");

    ResumeHint(Console console) {
        this.console = console;
    }

    /** From now on it can be resumed. */
    void begun(Replay replay) {
        replayId = replay.getReplayId();
        Runtime.getRuntime().addShutdownHook(hook);
        console.note("Replay " + replayId + ": " + "%,d".formatted(replay.getUploads()) + " uploads, "
                + "%,d".formatted(replay.getReferences()) + " models to hold them against.");
    }

    /** How to go on, after a failure. */
    void tell() {
        if (!replayId.isEmpty()) {
            console.hint("Interrupted. Go on with 'forebear replay --resume " + replayId + "'.");
        }
    }

    /** It is done, or it failed and that was told. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs, or has run.
            return;
        }
    }
}
