package dev.forebear.cli.evaluate;

import java.io.IOException;

/** Why something was not compared, in one line. */
final class Reasons {

    private Reasons() {}

    /** Of what cannot be read its message; of a fault of this program, which must not end a long run, its name too. */
    static String of(Exception failure) {
        String name = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        if (failure instanceof IOException) {
            return message == null ? name : message;
        }
        return "a fault of Forebear itself: " + name + (message == null ? "" : " (" + message + ")");
    }
}
