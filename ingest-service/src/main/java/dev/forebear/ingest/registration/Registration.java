package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A registry that may announce uploads.
 *
 * @param alias under which it posts to {@code /hooks/<alias>} and which begins the id of its models
 * @param secrets any of which proves an announcement; several while one is being changed; none when anybody may
 *     announce
 * @param location where its weights lie; null when its announcements say so
 * @param layout how its bucket keys name models and versions; only read for kind {@code s3}
 * @param stores where its weights may lie
 * @param api where it can be asked what it holds; null when it cannot
 * @param eventType exact type of its announcements; null for any that ends in {@code model.version.created}; only read
 *     for kind {@code cloud-events}
 */
public record Registration(
        String alias,
        RegistryKind kind,
        List<Secret> secrets,
        @Nullable LocationTemplate location,
        BucketLayout layout,
        Stores stores,
        @Nullable RegistryApi api,
        @Nullable String eventType) {

    /** Fits into a path, a label of a meter and a model version id without being quoted. */
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public Registration {
        if (!ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException("expected an alias of at most 63 lower-case letters, digits, dots, "
                    + "underscores and hyphens, found '" + alias + "'");
        }
        secrets = List.copyOf(secrets);
    }

    /** A registry with one secret and otherwise nothing special. */
    public static Registration of(String alias, RegistryKind kind, Secret secret) {
        return new Registration(
                alias, kind, List.of(secret), null, BucketLayout.NAME_AND_VERSION, Stores.any(), null, null);
    }

    /** The same registry, its weights at another place. */
    public Registration locatedAt(LocationTemplate template) {
        return new Registration(alias, kind, secrets, template, layout, stores, api, eventType);
    }

    /** The same registry, its weights only in these places. */
    public Registration restrictedTo(Stores allowed) {
        return new Registration(alias, kind, secrets, location, layout, allowed, api, eventType);
    }

    /** The same registry, which can be asked what it holds. */
    public Registration askedAt(RegistryApi where) {
        return new Registration(alias, kind, secrets, location, layout, stores, where, eventType);
    }
}
