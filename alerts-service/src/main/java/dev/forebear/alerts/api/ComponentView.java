package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LineageRelation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one tensor was changed. */
record ComponentView(
        int layer,
        String component,
        @Nullable Double similarity,
        @Nullable Double relativeChange,
        @Nullable Double equalShare,
        String fate) {

    static List<ComponentView> of(@Nullable LineageRelation relation) {
        return relation == null
                ? List.of()
                : relation.getComponents().stream()
                        .map(change -> new ComponentView(
                                change.getLayer(),
                                change.getComponent(),
                                Json.number(change.getSimilarity()),
                                Json.number(change.getRelativeChange()),
                                Json.number(change.getEqualShare()),
                                change.getFate()))
                        .toList();
    }
}
