package dev.forebear.cli.reference.peer;

import dev.forebear.cli.reference.ReferenceRecords;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A model of the database's catalogue.
 *
 * @param id unique in the database
 * @param name organisation and name, which is one that a model may have
 * @param family display name of its family
 * @param featurePath where its features are, relative to the database
 * @param sourceUri where its weights were taken from; null when it is not said
 */
record Asset(
        String id,
        String name,
        String family,
        String publisher,
        String featurePath,
        @Nullable String sourceUri) {

    static final String VERSION = "main";

    Asset {
        ModelVersionId.of(ReferenceRecords.REGISTRY, name, VERSION);
    }

    static Asset of(JsonPart family, JsonPart asset) throws IOException {
        String publisher = family.text("publisher");
        String sourceUri = asset.optionalText("source_uri");
        String name = name(publisher, asset.text("model_id"), sourceUri);
        try {
            return new Asset(
                    asset.text("asset_id"),
                    name,
                    family.text("display_name"),
                    publisher,
                    asset.text("feature_path"),
                    sourceUri);
        } catch (IllegalArgumentException noName) {
            throw asset.wrong(noName);
        }
    }

    String modelVersionId() {
        return ModelVersionId.of(ReferenceRecords.REGISTRY, name, VERSION).toString();
    }

    /** What its hub calls it, where the address is one of a hub, since that is what others declare. */
    private static String name(String publisher, String modelId, @Nullable String sourceUri) {
        if (sourceUri != null) {
            try {
                URI uri = new URI(sourceUri);
                String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|(?<!/)/+$", "");
                if ("huggingface.co".equals(uri.getHost()) && path.matches("[^/]+/[^/]+")) {
                    return path;
                }
            } catch (URISyntaxException noAddress) {
                return publisher + "/" + modelId;
            }
        }
        return publisher + "/" + modelId;
    }
}
