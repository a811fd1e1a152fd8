package dev.forebear.cli;

import java.util.Arrays;

/** A program that shows its arguments and ends with 7. */
final class ShowArguments {

    private ShowArguments() {}

    public static void main(String[] args) {
        System.out.println(Arrays.toString(args));
        System.exit(7);
    }
}
