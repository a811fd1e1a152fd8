package dev.forebear.platform.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads schemas that clients sent. */
final class AvroSchemas {

    private AvroSchemas() {}

    /** @throws RegistryError 42201 with what is wrong with it */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(reason(e).replaceAll("\\s+", " "), e);
        }
    }

    private static String reason(AvroRuntimeException e) {
        return String.valueOf(
                e.getCause() instanceof JsonProcessingException noJson ? noJson.getOriginalMessage() : e.getMessage());
    }
}
