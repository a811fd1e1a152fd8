package dev.forebear.platform.registry;

import dev.forebear.platform.registry.SchemaLog.Change;
import dev.forebear.platform.registry.SchemaLog.LevelChanged;
import dev.forebear.platform.registry.SchemaLog.VersionChanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the registry knows, as the sum of all changes. Not thread-safe: the registry guards it. */
final class SchemaStore {

    private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
    private int lastId;

    void apply(Change change) {
        switch (change) {
            case VersionChanged(SchemaVersion version) -> {
                subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>())
                        .put(version.version(), version);
                lastId = Math.max(lastId, version.id());
            }
            case LevelChanged(String subject, CompatibilityLevel level) -> setLevel(subject, level);
        }
    }

    private void setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        if (subject == null) {
            globalLevel = level == null ? CompatibilityLevel.BACKWARD : level;
        } else if (level == null) {
            levels.remove(subject);
        } else {
            levels.put(subject, level);
        }
    }

    /** An id that no schema has or had; never given twice, even when keeping the schema then fails. */
    int takeId() {
        return ++lastId;
    }

    /** All versions of the subject ever, ascending; empty when there are none. */
    List<SchemaVersion> history(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    /** All versions of all subjects that are not purged. */
    Stream<SchemaVersion> versions() {
        return subjects.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(v -> !v.purged());
    }

    Optional<SchemaVersion> withSchema(String schema) {
        return versions().filter(version -> version.schema().equals(schema)).findFirst();
    }

    CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }
}
