package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LayerAgreement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layer against layer, to be drawn: z has one row for every layer of the derived model, one after another. */
record LayersView(int layers, int relativeLayers, List<Float> z) {

    static @Nullable LayersView of(@Nullable LayerAgreement agreement) {
        return agreement == null
                ? null
                : new LayersView(agreement.getLayers(), agreement.getRelativeLayers(), agreement.getZ());
    }
}
