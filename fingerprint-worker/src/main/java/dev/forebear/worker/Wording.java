package dev.forebear.worker;

import java.io.IOException;

/** Messages about files and stores, fit for a log and a record. */
final class Wording {

    private static final int MAX_LENGTH = 1_000;

    private Wording() {}

    static String of(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Names of files and tensors come from outside: they must neither forge a line nor fill a record. */
    static String oneLine(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
