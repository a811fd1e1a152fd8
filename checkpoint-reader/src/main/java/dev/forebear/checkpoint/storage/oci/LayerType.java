package dev.forebear.checkpoint.storage.oci;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What the media type of a layer says about it.
 *
 * @param packing how files are in it
 * @param content what they are
 */
record LayerType(Packing packing, Content content) {

    private static final Pattern COMPRESSED = Pattern.compile(".*[+.](gzip|zstd|lz4|xz)");

    /** How files are in a layer. */
    enum Packing {
        /** The layer is the file. */
        FILE,
        TAR,
        GZIP,
        /** Any other compression. */
        COMPRESSED
    }

    /**
     * What a layer is to a model: of ModelPack ({@code vnd.cncf.model}), KitOps ({@code vnd.kitops.modelkit}), Docker
     * Model Runner ({@code vnd.docker.ai}), Ollama ({@code vnd.ollama.image}) and of container images. The first that
     * matches.
     */
    enum Content {
        GGUF("docker\\.ai\\.gguf\\.v3|ollama\\.image\\.model|cncf\\.model\\.weight(\\.v1)?\\.gguf"),
        SAFETENSORS("docker\\.ai\\.safetensors|cncf\\.model\\.weight(\\.v1)?\\.safetensors"),
        /** Weights of a format that the name of the file tells. */
        WEIGHTS("cncf\\.model\\.weight\\.v1\\..*|kitops\\.modelkit\\.(model|modelpart)\\..*"),
        PROJECTOR("docker\\.ai\\.(gguf\\.v3\\.)?mmproj|ollama\\.image\\.projector"),
        ADAPTER("docker\\.ai\\.gguf\\.v3\\.lora|ollama\\.image\\.adapter"),
        LICENCE("docker\\.ai\\.license|ollama\\.image\\.license"),
        /** Layers of a file system: weights are in one or another. */
        FILE_SYSTEM("oci\\.image\\.layer\\..*|docker\\.image\\.rootfs\\..*"),
        DATASET("(cncf\\.model|kitops\\.modelkit)\\.dataset\\..*"),
        /** Descriptions, and what is not known. */
        OTHER(".*");

        private final Pattern subtype;

        Content(String subtype) {
            this.subtype = Pattern.compile(subtype);
        }
    }

    static LayerType of(String mediaType) {
        String subtype = mediaType.replaceFirst("^application/vnd\\.", "");
        Content content = Arrays.stream(Content.values())
                .filter(candidate -> candidate.subtype.matcher(subtype).matches())
                .findFirst()
                .orElse(Content.OTHER);
        return new LayerType(packing(mediaType), content);
    }

    private static Packing packing(String mediaType) {
        if (mediaType.endsWith(".tar")) {
            return Packing.TAR;
        }
        if (mediaType.endsWith("tar+gzip") || mediaType.endsWith("tar.gzip")) {
            return Packing.GZIP;
        }
        return COMPRESSED.matcher(mediaType).matches() ? Packing.COMPRESSED : Packing.FILE;
    }
}
