package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.LayerAgreement;
import java.util.Locale;

/** Every layer of a model against every layer of a relative, as a picture: which layer came from which. */
final class LayerPicture {

    private static final int CELL = 15;
    private static final int GAP = 34;
    private static final int WIDEST = 440;

    /** What the words beside a small picture need. */
    private static final int ROOM_FOR_WORDS = 140;

    /** More would weigh more than the rest of the page. */
    private static final int MOST_CELLS = 2_500;

    /** Deviations from which on two layers surely have one origin; darker says no more. */
    private static final double SURE = 30;

    /** What is fainter is not told from the ground. */
    private static final double FAINTEST = 0.04;

    private LayerPicture() {}

    static boolean canDraw(LayerAgreement layers) {
        long cells = (long) layers.getLayers() * layers.getRelativeLayers();
        return cells > 0 && cells <= MOST_CELLS && cells == layers.getZ().size();
    }

    static Html of(LayerAgreement layers) {
        int width = Math.max(GAP + layers.getRelativeLayers() * CELL, ROOM_FOR_WORDS);
        int height = Math.max(GAP + layers.getLayers() * CELL, ROOM_FOR_WORDS);
        int shown = Math.min(width, WIDEST);
        var svg = new Html()
                .open(
                        "svg",
                        "class",
                        "layer-map",
                        "viewBox",
                        "0 0 " + width + " " + height,
                        "role",
                        "img",
                        "aria-label",
                        "Agreement of every layer of the model with every layer of the relative",
                        "width",
                        String.valueOf(shown),
                        "height",
                        String.valueOf(shown * height / width))
                .element("text", "layers of the relative →", "x", String.valueOf(GAP), "y", "10")
                .element(
                        "text",
                        "of the model →",
                        "x",
                        "10",
                        "y",
                        String.valueOf(GAP),
                        "transform",
                        "rotate(90 10 " + GAP + ")");
        for (int i = 0; i < layers.getZ().size(); i++) {
            cell(
                    svg,
                    i / layers.getRelativeLayers(),
                    i % layers.getRelativeLayers(),
                    layers.getZ().get(i));
        }
        return svg.close();
    }

    private static void cell(Html svg, int row, int column, float z) {
        double strength = Float.isFinite(z) ? Math.clamp(z / SURE, FAINTEST, 1) : FAINTEST;
        svg.empty(
                "rect",
                "x",
                String.valueOf(GAP + column * CELL),
                "y",
                String.valueOf(GAP + row * CELL),
                "width",
                String.valueOf(CELL - 1),
                "height",
                String.valueOf(CELL - 1),
                "class",
                "layer-cell",
                "fill-opacity",
                String.format(Locale.ROOT, "%.2f", strength));
    }
}
