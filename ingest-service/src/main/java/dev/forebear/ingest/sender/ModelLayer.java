package dev.forebear.ingest.sender;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the media types and annotations of OCI descriptors say of the files of a model. */
public final class ModelLayer {

    private static final Pattern OF_MODEL =
            Pattern.compile("application/vnd\\.(cncf\\.model|kitops\\.modelkit|docker\\.ai|ollama\\.image)\\..*");

    private static final Pattern FILE = Pattern.compile(
            "application/vnd\\.(cncf\\.model\\.weight\\.v1\\.raw|docker\\.ai\\.(gguf\\.v3|safetensors)|ollama\\.image\\.model)");

    private static final List<String> PATHS = List.of("org.cncf.model.filepath", "org.opencontainers.image.title");

    private ModelLayer() {}

    /** Whether a media type is one of those that models have. */
    public static boolean isOfModel(@Nullable String mediaType) {
        return mediaType != null && OF_MODEL.matcher(mediaType).matches();
    }

    /** Whether a layer is one file of weights as it is, so that its digest is the file's. */
    public static boolean isFile(Payload descriptor) {
        String type = descriptor.optionalText("mediaType");
        return type != null && FILE.matcher(type).matches();
    }

    /** The path of the file that a layer holds, as its annotations tell it; null when they do not. */
    public static @Nullable String path(Payload descriptor) {
        for (String annotation : PATHS) {
            String path = descriptor.at("annotations").optionalText(annotation);
            if (path != null) {
                return path;
            }
        }
        return null;
    }
}
