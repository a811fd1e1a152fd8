package dev.forebear.platform.registry;

import dev.forebear.platform.registry.SchemaLog.Change;
import dev.forebear.platform.registry.SchemaLog.LevelChanged;
import dev.forebear.platform.registry.SchemaLog.VersionChanged;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the registry: who gets which id and version, what is refused, what deleting means. The only writer of
 * its log. Thread-safe.
 */
final class SchemaRegistry {

    private final SchemaLog log;
    private final SchemaStore store = new SchemaStore();

    SchemaRegistry(SchemaLog log) {
        this.log = log;
        log.replay(store::apply);
    }

    /** Id of the schema, which is registered as the next version unless the subject has it already. */
    synchronized int register(String subject, String text) {
        Schema schema = AvroSchemas.parse(text);
        String canonical = schema.toString();
        List<SchemaVersion> live = live(subject);
        Optional<SchemaVersion> same = live.stream()
                .filter(version -> version.schema().equals(canonical))
                .findFirst();
        if (same.isPresent()) {
            return same.get().id();
        }
        List<String> problems = level(subject).problems(schema, live);
        if (!problems.isEmpty()) {
            throw RegistryError.incompatible(subject, problems);
        }
        int id = store.withSchema(canonical).map(SchemaVersion::id).orElseGet(store::takeId);
        List<SchemaVersion> history = store.history(subject);
        int version = history.isEmpty() ? 1 : history.getLast().version() + 1;
        keep(new VersionChanged(new SchemaVersion(subject, version, id, canonical, SchemaVersion.State.LIVE)));
        return id;
    }

    /** The version of the subject that is this schema. */
    synchronized SchemaVersion lookUp(String subject, String text, boolean deleted) {
        String canonical = AvroSchemas.parse(text).toString();
        return require(visible(subject, deleted), subject).stream()
                .filter(version -> version.schema().equals(canonical))
                .findFirst()
                .orElseThrow(RegistryError::schemaNotFound);
    }

    synchronized String schema(int id) {
        return withId(id).getFirst().schema();
    }

    /** Everywhere the schema is registered. */
    synchronized List<SchemaVersion> uses(int id, boolean deleted) {
        return withId(id).stream().filter(version -> deleted || version.live()).toList();
    }

    synchronized List<String> subjects(String prefix, boolean deleted) {
        return store.versions()
                .filter(version -> deleted || version.live())
                .map(SchemaVersion::subject)
                .filter(subject -> subject.startsWith(prefix))
                .distinct()
                .toList();
    }

    synchronized List<SchemaVersion> versions(String subject, boolean deleted) {
        return require(visible(subject, deleted), subject);
    }

    synchronized SchemaVersion version(String subject, VersionName name, boolean deleted) {
        List<SchemaVersion> versions = require(visible(subject, deleted), subject);
        return name.of(versions).orElseThrow(() -> RegistryError.versionNotFound(name.number()));
    }

    /** Versions that were deleted. */
    synchronized List<Integer> deleteSubject(String subject, boolean permanent) {
        List<SchemaVersion> known = require(visible(subject, true), subject);
        List<SchemaVersion> live = live(subject);
        if (permanent && !live.isEmpty()) {
            throw RegistryError.subjectNotSoftDeleted(subject);
        }
        if (!permanent && live.isEmpty()) {
            throw RegistryError.subjectSoftDeleted(subject);
        }
        List<SchemaVersion> gone = permanent ? known : live;
        gone.forEach(version -> delete(version, permanent));
        return gone.stream().map(SchemaVersion::version).toList();
    }

    synchronized int deleteVersion(String subject, VersionName name, boolean permanent) {
        SchemaVersion version = version(subject, name, true);
        if (permanent && version.live()) {
            throw RegistryError.versionNotSoftDeleted(subject, version.version());
        }
        if (!permanent && !version.live()) {
            throw RegistryError.versionSoftDeleted(subject, version.version());
        }
        delete(version, permanent);
        return version.version();
    }

    /** Why the schema would be refused next to this version; empty when it would not, or when there is none. */
    synchronized List<String> compatibility(String subject, VersionName name, String text) {
        Schema schema = AvroSchemas.parse(text);
        Optional<SchemaVersion> version = name.of(live(subject));
        if (version.isEmpty() && !name.latest()) {
            require(live(subject), subject);
            throw RegistryError.versionNotFound(name.number());
        }
        return version.map(found -> level(subject).problems(schema, found)).orElse(List.of());
    }

    /** Why the schema would be refused as the next version. */
    synchronized List<String> compatibility(String subject, String text) {
        return level(subject).problems(AvroSchemas.parse(text), live(subject));
    }

    synchronized CompatibilityLevel globalLevel() {
        return store.globalLevel();
    }

    synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
        return store.ownLevel(subject);
    }

    /** Level that was set; null takes it back. A null subject means the global level. */
    synchronized void setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        keep(new LevelChanged(subject, level));
    }

    private CompatibilityLevel level(String subject) {
        return store.ownLevel(subject).orElse(store.globalLevel());
    }

    private void delete(SchemaVersion version, boolean permanent) {
        keep(new VersionChanged(permanent ? version.purge() : version.deleted()));
    }

    private void keep(Change change) {
        log.append(change);
        store.apply(change);
    }

    private List<SchemaVersion> withId(int id) {
        List<SchemaVersion> versions =
                store.versions().filter(version -> version.id() == id).toList();
        if (versions.isEmpty()) {
            throw RegistryError.schemaNotFound(id);
        }
        return versions;
    }

    private List<SchemaVersion> live(String subject) {
        return visible(subject, false);
    }

    private List<SchemaVersion> visible(String subject, boolean deleted) {
        Predicate<SchemaVersion> shown = deleted ? version -> !version.purged() : SchemaVersion::live;
        return store.history(subject).stream().filter(shown).toList();
    }

    private static List<SchemaVersion> require(List<SchemaVersion> versions, String subject) {
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return versions;
    }
}
