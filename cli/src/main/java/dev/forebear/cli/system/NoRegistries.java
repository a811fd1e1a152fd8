package dev.forebear.cli.system;

import dev.forebear.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of registries of somebody who has not connected any yet: kept with the data, ready to be filled. */
final class NoRegistries {

    static final String FILE = "registries.yaml";

    private static final String EMPTY = """
        # Registries that may post webhooks to this instance; read when it starts. For example:
        #
        #   - alias: internal
        #     kind: mlflow
        #     secrets: [{env: MLFLOW_SECRET}]
        #     location: s3://models/{name}/{version}/
        registries: []
        """;

    private NoRegistries() {}

    /** The file in the data folder; made when it is not there. */
    static Path in(Path data) {
        var file = data.resolve(FILE);
        try {
            return Files.exists(file) ? file : Files.writeString(file, EMPTY);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": expected a file that can be written, found " + e.getMessage());
        }
    }
}
