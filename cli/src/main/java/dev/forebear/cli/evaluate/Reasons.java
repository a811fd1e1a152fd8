package dev.forebear.cli.evaluate;

import java.io.IOException;

/** Why something was not compared, in one line. */
final class Reasons {

    private Reasons() {}

    static String of(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** A fault of this program, which must not end a run of an hour. */
    static String of(RuntimeException fault) {
        return "a fault of Forebear itself: " + fault.getClass().getSimpleName()
                + (fault.getMessage() == null ? "" : " (" + fault.getMessage() + ")");
    }
}
