package dev.forebear.alerts.policy;

import java.util.Locale;

/** Who may use a model. */
public enum Exposure {
    /** People of the organisation. */
    INTERNAL,
    /** Customers, through a product; the weights stay. */
    PRODUCT,
    /** Whoever downloads the weights. */
    PUBLISHED;

    /** As in the policy file, for example {@code internal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
