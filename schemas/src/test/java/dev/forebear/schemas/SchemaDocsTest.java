package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocsTest {

    private record Documented(String name, Schema type, String doc) {}

    private static final Set<Schema.Type> SHOWN_BY_EXAMPLE = Set.of(
            Schema.Type.STRING,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE,
            Schema.Type.BOOLEAN,
            Schema.Type.ENUM);

    @Test
    void everyTypeAndFieldSaysWhatItIs() {
        assertThat(documented()).hasSizeGreaterThan(200);
        assertThat(without(it ->
                        it.doc() != null && it.doc().length() > 10 && it.doc().matches(".*\\.\"?")))
                .isEmpty();
    }

    @Test
    void everyPlainFieldShowsAnExample() {
        assertThat(without(it -> !SHOWN_BY_EXAMPLE.contains(plain(it.type()).getType())
                        || it.doc().contains("Example: ")))
                .isEmpty();
    }

    @Test
    void everyInstantSaysItsUnitAndEpoch() {
        assertThat(without(it -> !(plain(it.type()).getLogicalType() instanceof LogicalTypes.TimestampMillis)
                        || it.doc().contains("in milliseconds since 1970-01-01 UTC")))
                .isEmpty();
    }

    /** Names of the types and fields whose documentation lacks something. */
    private static List<String> without(Predicate<Documented> sound) {
        return documented().stream()
                .filter(Predicate.not(sound))
                .map(Documented::name)
                .distinct()
                .toList();
    }

    /** All named types and fields that can be reached from a topic. */
    private static List<Documented> documented() {
        List<Documented> documented = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Topics.all().forEach(topic -> collect(topic.schema(), seen, documented));
        return documented;
    }

    private static void collect(Schema schema, Set<String> seen, List<Documented> documented) {
        switch (schema.getType()) {
            case ARRAY -> collect(schema.getElementType(), seen, documented);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen, documented));
            case ENUM -> documented.add(new Documented(schema.getName(), schema, schema.getDoc()));
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    documented.add(new Documented(schema.getName(), schema, schema.getDoc()));
                    schema.getFields().forEach(field -> {
                        String name = schema.getName() + "." + field.name();
                        documented.add(new Documented(name, field.schema(), field.doc()));
                        collect(field.schema(), seen, documented);
                    });
                }
            }
            default -> assertThat(schema.getType()).isNotIn(Schema.Type.MAP, Schema.Type.FIXED);
        }
    }

    /** The type, or what it is when it is not null. */
    private static Schema plain(Schema type) {
        return type.isUnion() ? type.getTypes().getLast() : type;
    }
}
