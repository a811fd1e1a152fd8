package dev.forebear.cli.console;

/** How a piece of text is meant; colours on a terminal, nothing elsewhere. */
public enum Style {
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    ACCENT("36");

    static final String RESET = "\u001b[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The sequence that switches it on. */
    String on() {
        return "\u001b[" + code + "m";
    }
}
