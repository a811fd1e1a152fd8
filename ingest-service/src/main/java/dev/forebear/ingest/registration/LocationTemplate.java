package dev.forebear.ingest.registration;

import dev.forebear.schemas.ModelVersionId;

/**
 * Where a registry's weights lie, for registries whose announcements do not say.
 *
 * @param text a location with the placeholders {@code {name}} and {@code {version}}, for example
 *     {@code s3://models/{name}/{version}/}
 */
public record LocationTemplate(String text) {

    private static final String NAME = "{name}";
    private static final String VERSION = "{version}";

    public LocationTemplate {
        boolean braces = text.replace(NAME, "").replace(VERSION, "").matches(".*[{}].*");
        if (!text.contains(NAME) || !text.contains(VERSION) || braces) {
            throw new IllegalArgumentException(
                    "expected a location with {name} and {version}, such as s3://models/{name}/{version}/, found '"
                            + text + "'");
        }
    }

    /** The location of one version. */
    public String locate(ModelVersionId id) {
        int name = text.indexOf(NAME);
        int version = text.indexOf(VERSION);
        // Replaced from the right, so that a name which contains a placeholder stays what it is.
        return name > version
                ? replaceAt(replaceAt(text, name, NAME, id.name()), version, VERSION, id.version())
                : replaceAt(replaceAt(text, version, VERSION, id.version()), name, NAME, id.name());
    }

    private static String replaceAt(String text, int at, String placeholder, String value) {
        return text.substring(0, at) + value + text.substring(at + placeholder.length());
    }
}
