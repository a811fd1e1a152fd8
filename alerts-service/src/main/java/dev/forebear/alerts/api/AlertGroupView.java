package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of one rule about one ancestor.
 *
 * @param severity of the most severe
 * @param latest the three most urgent
 */
record AlertGroupView(
        String rule,
        @Nullable String baseModelId,
        @Nullable String baseLicence,
        @Nullable String baseFamily,
        @Nullable String basePublisher,
        String severity,
        long alerts,
        States states,
        String firstOpenedAt,
        String lastUpdatedAt,
        List<String> registries,
        List<String> teams,
        List<AlertView> latest) {

    AlertGroupView with(List<AlertView> alertsOfIt) {
        return new AlertGroupView(
                rule,
                baseModelId,
                baseLicence,
                baseFamily,
                basePublisher,
                severity,
                alerts,
                states,
                firstOpenedAt,
                lastUpdatedAt,
                registries,
                teams,
                alertsOfIt);
    }
}
