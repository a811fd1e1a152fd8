package dev.forebear.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Schemas as they are registered: those of the generated records without what only Java's generator needs. */
final class WireSchemas {

    private static final String JAVA_STRING = "avro.java.string";

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        WireTrust.establish();
    }

    private WireSchemas() {}

    /** Schema with the generator's properties, which reads strings as {@link String}. */
    static Schema generated(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    /** Schema that is written and registered. */
    static Schema registered(Class<? extends SpecificRecord> type) {
        try {
            JsonNode plain = withoutJavaStrings(JSON.readTree(generated(type).toString()));
            return new Schema.Parser().parse(plain.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(type.getName() + ": schema is no JSON", e);
        }
    }

    private static JsonNode withoutJavaStrings(JsonNode node) {
        return switch (node) {
            case ObjectNode object when object.has(JAVA_STRING) -> TextNode.valueOf("string");
            case ObjectNode object -> {
                object.properties().forEach(field -> field.setValue(withoutJavaStrings(field.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(item -> copy.add(withoutJavaStrings(item)));
                yield copy;
            }
            default -> node;
        };
    }
}
