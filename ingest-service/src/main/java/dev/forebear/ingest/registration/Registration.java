package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import dev.forebear.schemas.ModelVersionId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A registry that may announce uploads.
 *
 * @param alias under which it posts to {@code /hooks/<alias>} and which begins the id of its models
 * @param proof how it proves that an announcement is its own
 * @param where its weights lie
 * @param reading how its announcements are understood
 * @param completeness when several objects are a model
 * @param rate how many announcements it may make; null for any number
 * @param api where it can be asked what it holds; null when it cannot
 * @param sources where its events are fetched
 */
public record Registration(
        String alias,
        RegistryKind kind,
        Proof proof,
        Where where,
        Reading reading,
        Completeness completeness,
        @Nullable Rate rate,
        @Nullable RegistryApi api,
        Sources sources) {

    /** Fits into a path, a label of a meter and a model version id without being quoted. */
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public Registration {
        if (!ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException("expected an alias of at most 63 lower-case letters, digits, dots, "
                    + "underscores and hyphens, found '" + alias + "'");
        }
        if (alias.equals(ModelVersionId.REFERENCE_REGISTRY)) {
            throw new IllegalArgumentException(
                    "expected another alias than '" + alias + "', under which reference models are kept");
        }
        if (api != null && api.scope().isEmpty() && kind.needsScope()) {
            throw new IllegalArgumentException(
                    alias + ": expected a scope in the api of a registry of kind " + kind.word() + ", found none");
        }
    }

    /** A registry with one secret and otherwise nothing special. */
    public static Registration of(String alias, RegistryKind kind, Secret secret) {
        return open(alias, kind).provenBy(Proof.of(List.of(secret)));
    }

    /** A registry in whose name anybody may announce. */
    public static Registration open(String alias, RegistryKind kind) {
        return new Registration(
                alias, kind, Proof.NONE, Where.ANYWHERE, Reading.USUAL, Completeness.USUAL, null, null, Sources.NONE);
    }

    /** The same registry with another proof. */
    public Registration provenBy(Proof other) {
        return new Registration(alias, kind, other, where, reading, completeness, rate, api, sources);
    }

    /** The same registry, its weights elsewhere. */
    public Registration lyingAt(Where elsewhere) {
        return new Registration(alias, kind, proof, elsewhere, reading, completeness, rate, api, sources);
    }

    /** The same registry, its announcements understood otherwise. */
    public Registration readAs(Reading other) {
        return new Registration(alias, kind, proof, where, other, completeness, rate, api, sources);
    }

    /** The same registry, its models complete at another moment. */
    public Registration completeAfter(Completeness other) {
        return new Registration(alias, kind, proof, where, reading, other, rate, api, sources);
    }

    /** The same registry, which may announce so much. */
    public Registration limitedTo(Rate limit) {
        return new Registration(alias, kind, proof, where, reading, completeness, limit, api, sources);
    }

    /** The same registry, which can be asked what it holds. */
    public Registration askedAt(RegistryApi address) {
        return new Registration(alias, kind, proof, where, reading, completeness, rate, address, sources);
    }

    /** The same registry, whose events are fetched. */
    public Registration fetchedFrom(Sources other) {
        return new Registration(alias, kind, proof, where, reading, completeness, rate, api, other);
    }

    /** The same registry as its fetched events are read: they need no proof, because only it can write there. */
    public Registration believed() {
        return provenBy(Proof.NONE).fetchedFrom(Sources.NONE);
    }

    /** The same registry, its weights at another place. */
    public Registration locatedAt(LocationTemplate template) {
        return lyingAt(new Where(template, where.layout(), where.stores()));
    }

    /** The same registry, its weights only in these places. */
    public Registration restrictedTo(Stores allowed) {
        return lyingAt(new Where(where.location(), where.layout(), allowed));
    }

    /** The same registry, its folders named otherwise. */
    public Registration laidOutAs(BucketLayout layout) {
        return lyingAt(new Where(where.location(), layout, where.stores()));
    }
}
