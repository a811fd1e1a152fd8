package dev.forebear.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.schemas.RecordFile;
import dev.forebear.schemas.wire.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same fingerprint, bit for bit, wherever the weights lie. */
class RemoteFingerprintTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"base-a", "base-a-gguf-q8"})
    void isTheSameWhereverTheWeightsLie(String model) throws IOException {
        try (var servers = new ModelServers(Zoo.folder(model))) {
            Fingerprint expected = fingerprint(Map.of(), Zoo.location(model));
            for (String location : List.of(
                    "hf://org/model@v1",
                    "models:/model/1",
                    "mlflow-artifacts:/7/2f3e/artifacts/model",
                    "oci://" + servers.authority() + "/models/model:v1",
                    servers.layout(folder.resolve("layout")).toString())) {
                assertThat(fingerprint(servers.environment(), location))
                        .as(location)
                        .isEqualTo(expected);
            }
        }
    }

    private Fingerprint fingerprint(Map<String, String> environment, String location) throws IOException {
        Path file = folder.resolve("out.avro");
        Run run = Run.forebear(environment, "fingerprint", location, "-o", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return RecordFile.read(file, Fingerprint.class);
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheSettingsOfAServer() {
        Run run = Run.forebear(
                Map.of("MLFLOW_TRACKING_URI", "mlruns", "MLFLOW_TRACKING_USERNAME", "ml"), "inspect", "models:/a/1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("MLFLOW_TRACKING_");
    }

    @Test
    void readsNoMlflowModelWithoutItsServer() {
        Run run = Run.forebear("inspect", "models:/a/1");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errLines()).singleElement().asString().contains("MLFLOW_TRACKING_URI, found none configured");
    }
}
