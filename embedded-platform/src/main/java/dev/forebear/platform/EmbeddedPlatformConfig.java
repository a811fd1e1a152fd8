package dev.forebear.platform;

import java.nio.file.Path;

/**
 * Where the embedded platform keeps its data and where it listens, always on 127.0.0.1.
 *
 * @param data folder that is made when missing; one process at a time
 * @param kafkaPort 0 for any free port
 * @param schemaRegistryPort 0 for any free port
 * @param s3Port 0 for any free port
 */
public record EmbeddedPlatformConfig(
        Path data, int kafkaPort, int schemaRegistryPort, int s3Port, String s3AccessKey, String s3SecretKey) {

    public EmbeddedPlatformConfig {
        requirePort("Kafka", kafkaPort);
        requirePort("schema registry", schemaRegistryPort);
        requirePort("S3", s3Port);
        if (s3AccessKey.isBlank() || s3SecretKey.isBlank()) {
            throw new IllegalArgumentException("S3: expected an access key and a secret key, found none");
        }
    }

    /** Any free ports, for tests. */
    public static EmbeddedPlatformConfig onFreePorts(Path data) {
        return new EmbeddedPlatformConfig(data, 0, 0, 0, "forebear", "forebear-secret");
    }

    @Override
    public String toString() {
        return "EmbeddedPlatformConfig[" + data + ", Kafka " + kafkaPort + ", schema registry " + schemaRegistryPort
                + ", S3 " + s3Port + " as " + s3AccessKey + "]";
    }

    private static void requirePort(String server, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(server + ": expected a port from 0 to 65535, found " + port);
        }
    }
}
