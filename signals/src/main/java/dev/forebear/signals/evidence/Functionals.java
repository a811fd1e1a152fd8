package dev.forebear.signals.evidence;

/**
 * What is known of tokens, projected by signs that hang on their texts. K5: what attention and MLPs of some layers do
 * to token embeddings; models that share only their random initialisation differ here, a model and what it was trained
 * into agree. K2: which embeddings lie close together, which no rotation or renumbering changes.
 *
 * @param width side of each projected matrix, {@value #WIDTH}
 * @param queryKey attention logits: layers × width × width int8, each layer scaled to its largest; empty when the
 *     projections are not recognised
 * @param feedForward gate against up projection (up and down without a gate): layers × width × width int8; empty when
 *     that would cost too much to read
 * @param anchors 16-bit hashes of the tokens that were projected, ascending, two bytes each, big-endian
 * @param geometry Gram matrix of the embeddings of these tokens without its diagonal: lower triangle of width × width
 *     with its diagonal, row by row, int8; empty in fingerprints made before it was known
 */
public record Functionals(int width, byte[] queryKey, byte[] feedForward, byte[] anchors, byte[] geometry) {

    /** Side of a projected matrix: sketch noise of a cosine is 1/40 for one layer. */
    static final int WIDTH = 40;

    /** Most layers sampled. */
    static final int LAYERS = 6;

    /** Most tokens projected. */
    static final int ANCHORS = 512;

    public Functionals {
        int layer = width * width;
        int longest = Math.max(queryKey.length, feedForward.length);
        boolean whole = longest > 0 && longest % layer == 0 && longest / layer <= LAYERS;
        boolean alike = queryKey.length == feedForward.length || queryKey.length == 0 || feedForward.length == 0;
        if (width <= 0 || width > WIDTH || !whole || !alike) {
            throw new IllegalArgumentException("functionals: expected 1 to " + LAYERS + " layers of " + layer
                    + " bytes, found " + queryKey.length + " and " + feedForward.length + " bytes");
        }
        if (anchors.length % 2 != 0 || anchors.length > 2 * ANCHORS) {
            throw new IllegalArgumentException(
                    "functionals: expected at most " + ANCHORS + " anchors, found " + anchors.length + " bytes");
        }
        if (geometry.length != 0 && geometry.length != width * (width + 1) / 2) {
            throw new IllegalArgumentException("functionals: expected " + width * (width + 1) / 2
                    + " bytes of geometry, found " + geometry.length);
        }
    }

    int layers() {
        return Math.max(queryKey.length, feedForward.length) / (width * width);
    }
}
