package dev.forebear.alerts;

import org.jspecify.annotations.Nullable;

/** Ids of alerts as the service makes them, for tests of other packages. */
public final class AlertIds {

    private AlertIds() {}

    /** The id of the alert on a model by a rule about an ancestor, or about none. */
    public static String of(String derivedModelId, String rule, @Nullable String baseModelId) {
        return AlertId.of(derivedModelId, rule, baseModelId);
    }
}
