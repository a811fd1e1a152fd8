package dev.forebear.ingest.registration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry's weights lie.
 *
 * @param location of a version, before whatever its announcement says; null when only the announcement says it
 * @param layout how folders name models and versions; for registries that announce single objects
 * @param stores where weights may lie
 */
public record Where(@Nullable LocationTemplate location, BucketLayout layout, Stores stores) {

    /** Where the announcement says, in any store. */
    public static final Where ANYWHERE = new Where(null, BucketLayout.NAME_AND_VERSION, new Stores(List.of()));
}
