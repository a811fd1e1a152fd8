package dev.forebear.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the front matter of README.md declares, or a weight file about itself.
 *
 * @param baseModels names as written; empty when none is declared
 * @param baseModelRelation adapter, merge, quantized or finetune, as written; null when not said
 * @param licence identifier as written; null when not said
 */
public record ModelCard(
        List<String> baseModels,
        @Nullable String baseModelRelation,
        @Nullable String licence) {

    public ModelCard {
        baseModels = List.copyOf(baseModels);
    }
}
