package dev.forebear.platform.registry;

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
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
    }
}
