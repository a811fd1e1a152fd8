package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.Portrait;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is drawn of a model: cosines times 127, upper triangle row by row, and norms of its layers over the largest. */
record PortraitView(List<Integer> anchorCosines, List<Float> layerEnergies) {

    static @Nullable PortraitView of(@Nullable Portrait portrait) {
        if (portrait == null) {
            return null;
        }
        byte[] cosines = portrait.anchorCosines();
        return new PortraitView(
                IntStream.range(0, cosines.length)
                        .mapToObj(i -> (int) cosines[i])
                        .toList(),
                portrait.layerEnergies());
    }
}
