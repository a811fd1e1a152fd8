package dev.forebear.cli.registry;

import dev.forebear.cli.system.OneProcess;
import dev.forebear.cli.system.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A running instance to which a hub and a registry behind GitLab are connected. */
final class ConnectedInstance {

    private ConnectedInstance() {}

    static OneProcess start(Path folder) throws IOException {
        Path registries = folder.resolve("registries.yaml");
        Files.writeString(registries, """
            registries:
              - alias: hub
                kind: hugging-face
                secrets: [{env: HUB_SECRET}]
                location: s3://models/{name}/{version}/
              - alias: lab
                kind: gitlab
                secrets: [{env: HUB_SECRET}]
            """);
        return OneProcess.start(
                folder.resolve("data"),
                new Ports(0, 0, 0, 0, 0),
                Map.of(
                        "FOREBEAR_ACCESS",
                        "open",
                        "FOREBEAR_REGISTRIES",
                        registries.toString(),
                        "FOREBEAR_ARRIVAL_GRACE",
                        "1s",
                        "HUB_SECRET",
                        "demo-secret-0001"));
    }
}
