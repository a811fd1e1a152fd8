package dev.forebear.platform.registry;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedSchemaRegistryTest implements SchemaRegistryContract {

    private static EmbeddedSchemaRegistry registry;

    @BeforeAll
    static void start() {
        registry = EmbeddedSchemaRegistry.startInMemory(0);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    public URI url() {
        return registry.url();
    }
}
