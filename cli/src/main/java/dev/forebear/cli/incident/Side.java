package dev.forebear.cli.incident;

/** Which side of a family. */
enum Side {
    DESCENDANTS("descendants", "descend from it"),
    ANCESTORS("ancestors", "are above it");

    private final String path;
    private final String words;

    Side(String path, String words) {
        this.path = path;
        this.words = words;
    }

    /** In the API. */
    String path() {
        return path;
    }

    /** For example "3 models descend from it". */
    String words() {
        return words;
    }
}
