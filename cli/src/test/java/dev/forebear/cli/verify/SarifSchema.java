package dev.forebear.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;

/** The schema of SARIF 2.1.0 as OASIS published it. */
final class SarifSchema {

    private static final JsonSchema SCHEMA = read();

    private SarifSchema() {}

    /** What is wrong with a document. */
    static Set<ValidationMessage> problems(JsonNode document) {
        return SCHEMA.validate(document);
    }

    private static JsonSchema read() {
        try (InputStream file = Objects.requireNonNull(
                SarifSchema.class.getClassLoader().getResourceAsStream("schema/sarif-schema-2.1.0.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                    .getSchema(new ObjectMapper().readTree(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
