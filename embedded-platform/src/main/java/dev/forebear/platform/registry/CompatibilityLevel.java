package dev.forebear.platform.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which earlier versions a new schema is held against, and in which direction; judged by Avro's own checker. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsEarlier;
    private final boolean readByEarlier;
    private final boolean transitive;

    CompatibilityLevel(boolean readsEarlier, boolean readByEarlier, boolean transitive) {
        this.readsEarlier = readsEarlier;
        this.readByEarlier = readByEarlier;
        this.transitive = transitive;
    }

    static CompatibilityLevel named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryError.invalidLevel(name);
        }
    }

    /**
     * Why the schema does not get on with the earlier versions; empty when it does.
     *
     * @param earlier ascending
     */
    List<String> problems(Schema schema, List<SchemaVersion> earlier) {
        int last = earlier.size();
        return (transitive ? earlier : earlier.subList(Math.max(0, last - 1), last))
                .reversed().stream()
                        .flatMap(version -> problems(schema, version).stream())
                        .toList();
    }

    /** The same against one version, whichever it is. */
    List<String> problems(Schema schema, SchemaVersion version) {
        List<String> problems = new ArrayList<>();
        if (readsEarlier) {
            problems.addAll(reading(schema, version.parsed(), "reading version " + version.version()));
        }
        if (readByEarlier) {
            problems.addAll(reading(version.parsed(), schema, "read by version " + version.version()));
        }
        return problems;
    }

    private static List<String> reading(Schema reader, Schema writer, String direction) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(problem -> told(problem, direction))
                .toList();
    }

    private static String told(Incompatibility problem, String direction) {
        return direction + ": " + problem.getType() + " at " + problem.getLocation() + ": " + problem.getMessage();
    }
}
