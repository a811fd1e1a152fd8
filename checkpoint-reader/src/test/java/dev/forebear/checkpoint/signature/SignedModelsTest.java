package dev.forebear.checkpoint.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.signature.SignatureCheck.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that several versions of the reference implementation signed. */
class SignedModelsTest {

    private static final Path MODELS = Path.of("src", "test", "resources", "signature");

    private static MemoryStorage model(String name) throws IOException {
        var model = new MemoryStorage();
        try (var files = Files.list(MODELS.resolve(name))) {
            for (Path file : files.toList()) {
                model.with(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return model;
    }

    @ParameterizedTest
    @CsvSource({
        "v0.2.0-certificate, 2, the signature fits the key that it brings; all files compared",
        "v1.0.0-elliptic-key, 1, the signature fits the key that it brings; all files compared",
        "v1.1.0-certificate, 2, the signature fits the key that it brings; all files compared",
    })
    void areConsistent(String name, int files, String message) throws IOException {
        assertThat(SignatureCheck.of(model(name), Map.of()))
                .isEqualTo(new SignatureCheck("model.sig", State.CONSISTENT, message, files, files));
    }

    @Test
    void areConsistentThoughTheirKeyIsOnlyNamed() throws IOException {
        assertThat(SignatureCheck.of(model("v1.1.0-elliptic-key"), Map.of()))
                .isEqualTo(new SignatureCheck(
                        "model.sig",
                        State.CONSISTENT,
                        "the signature itself could not be checked: it brings only a hint at its key,"
                                + " e8450dec4eb99dae995da9af1bc2cc9f76ed669ee2e744f57abba763df3e3f8e;"
                                + " all files compared",
                        2,
                        2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.2.0-certificate", "v1.0.0-elliptic-key", "v1.1.0-certificate", "v1.1.0-elliptic-key"})
    void areTamperedAfterAChange(String name) throws IOException {
        assertThat(SignatureCheck.of(model(name).with("signme-1", "signme-0"), Map.of())
                        .state())
                .isEqualTo(State.TAMPERED);
    }
}
