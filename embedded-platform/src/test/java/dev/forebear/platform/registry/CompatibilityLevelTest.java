package dev.forebear.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {

    /** Adds a field without default to the first version: cannot read it, can be read by it. */
    private static final Schema NEEDS_B =
            record().requiredString("a").requiredString("b").endRecord();

    private static final Schema A = record().requiredString("a").endRecord();

    /** Gets on with A in both directions. */
    private static final Schema A_AND_OPTIONAL_B =
            record().requiredString("a").optionalString("b").endRecord();

    private static final Schema NOTHING = record().endRecord();

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true, true",
        "BACKWARD, false, true, true",
        "FORWARD, true, true, false",
        "FULL, false, true, false",
    })
    void looksInTheDirectionsThatItNames(
            CompatibilityLevel level, boolean addingRequired, boolean addingOptional, boolean removing) {
        assertThat(level.problems(NEEDS_B, versions(A)).isEmpty()).isEqualTo(addingRequired);
        assertThat(level.problems(A_AND_OPTIONAL_B, versions(A)).isEmpty()).isEqualTo(addingOptional);
        assertThat(level.problems(NOTHING, versions(A)).isEmpty()).isEqualTo(removing);
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD, BACKWARD_TRANSITIVE", "FULL, FULL_TRANSITIVE"})
    void looksBeyondTheLastVersionOnlyWhenTransitive(CompatibilityLevel last, CompatibilityLevel all) {
        assertThat(last.problems(NEEDS_B, versions(A, NEEDS_B))).isEmpty();
        assertThat(all.problems(NEEDS_B, versions(A, NEEDS_B)))
                .singleElement()
                .asString()
                .startsWith("reading version 1: READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1: b");
    }

    @Test
    void isReadByVersionsBeyondTheLastOneOnlyWhenTransitive() {
        assertThat(CompatibilityLevel.FORWARD.problems(NOTHING, versions(A, NOTHING)))
                .isEmpty();
        assertThat(CompatibilityLevel.FORWARD_TRANSITIVE.problems(NOTHING, versions(A, NOTHING)))
                .singleElement()
                .asString()
                .startsWith("read by version 1: ");
    }

    private static List<SchemaVersion> versions(Schema... schemas) {
        List<Schema> all = List.of(schemas);
        return all.stream()
                .map(schema -> new SchemaVersion(
                        "s",
                        all.indexOf(schema) + 1,
                        all.indexOf(schema) + 1,
                        schema.toString(),
                        SchemaVersion.State.LIVE))
                .toList();
    }

    private static SchemaBuilder.FieldAssembler<Schema> record() {
        return SchemaBuilder.record("R").fields();
    }
}
