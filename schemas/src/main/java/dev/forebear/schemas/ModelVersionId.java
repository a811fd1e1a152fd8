package dev.forebear.schemas;

/**
 * Identity of a model version: {@code <registry>/<name>@<version>}. The registry ends at the first slash and the
 * version begins after the last at sign, so a name may contain both.
 *
 * @param registry alias under which the operator configured the registry, for example {@code hub}
 * @param name name of the model in its registry, for example {@code quarry-ai/basalt-7b}
 * @param version a number, a tag or a revision, for example {@code main}
 */
public record ModelVersionId(String registry, String name, String version) {

    /** Alias under which reference models are kept, which nobody uploads. */
    public static final String REFERENCE_REGISTRY = "reference";

    private static final int MAX_REGISTRY_LENGTH = 64;

    /** An S3 key has at most 1,024 bytes; a name made from one must fit. */
    private static final int MAX_NAME_LENGTH = 1024;

    private static final int MAX_VERSION_LENGTH = 256;

    public ModelVersionId {
        requirePart("registry", registry, MAX_REGISTRY_LENGTH);
        requirePart("name", name, MAX_NAME_LENGTH);
        requirePart("version", version, MAX_VERSION_LENGTH);
        requireWithout("registry", registry, '/');
        requireWithout("registry", registry, '@');
        requireWithout("version", version, '@');
    }

    public static ModelVersionId of(String registry, String name, String version) {
        return new ModelVersionId(registry, name, version);
    }

    /**
     * Reads {@code <registry>/<name>@<version>}.
     *
     * @throws IllegalArgumentException with one line that says what was expected and found
     */
    public static ModelVersionId parse(String text) {
        int slash = text.indexOf('/');
        int at = text.lastIndexOf('@');
        if (slash < 0 || at < slash) {
            throw new IllegalArgumentException(
                    "model version id: expected <registry>/<name>@<version>, found '" + shown(text) + "'");
        }
        return new ModelVersionId(text.substring(0, slash), text.substring(slash + 1, at), text.substring(at + 1));
    }

    /** {@code <registry>/<name>}: the same for all versions. */
    public String modelId() {
        return registry + "/" + name;
    }

    /** {@code <registry>/<name>@<version>}. */
    @Override
    public String toString() {
        return registry + "/" + name + "@" + version;
    }

    private static void requirePart(String part, String text, int maxLength) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("model version id: expected a " + part + ", found none");
        }
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("model version id: expected a " + part + " of at most " + maxLength
                    + " characters, found " + text.length());
        }
        if (misleads(text)) {
            throw new IllegalArgumentException("model version id: expected a " + part
                    + " without control characters, found '" + shown(text) + "'");
        }
    }

    private static void requireWithout(String part, String text, char forbidden) {
        if (text.indexOf(forbidden) >= 0) {
            throw new IllegalArgumentException("model version id: expected a " + part + " without '" + forbidden
                    + "', found '" + shown(text) + "'");
        }
    }

    // A loop: pages read ten thousands of ids.
    private static boolean misleads(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (misleads(codePoint)) {
                return true;
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    /** Characters that break lines, reorder what is shown, or cannot be encoded. */
    private static boolean misleads(int codePoint) {
        boolean reorders = (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        return reorders
                || switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                };
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(100).forEach(point -> shown.appendCodePoint(misleads(point) ? '?' : point));
        return shown.toString();
    }
}
