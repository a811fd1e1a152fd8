package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file of registries lacks. */
class MissingInRegistrationsFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "artifactory", "azure-ml", "vertex-ai", "weights-and-biases"})
    void needsAScopeWhereTheRegistryCannotBeAskedForIt(String kind) throws Exception {
        assertProblems(
                "registries: [{alias: a, kind: " + kind + ", unauthenticated: true, api: {url: https://host/}}]",
                "registries[1].api.scope: expected what is to be listed, found none");
    }

    @Test
    void needsAHeaderForAFormOfProof() throws Exception {
        assertProblems(
                "registries: [{alias: a, kind: json, unauthenticated: true, proof: {form: secret}}]",
                "registries[1].proof.header: expected the name of a header, found none");
    }

    @Test
    void saysWhereTheYamlIsBroken() throws Exception {
        assertProblems("registries:\n  - alias: [", "registries.yaml:1:1: ", "registries.yaml:2:13: expected YAML");
    }

    @Test
    void refusesFileWithoutList() throws Exception {
        assertProblems(
                "registry: x",
                "expected a list 'registries'",
                "registry: expected one of registries, found 'registry'");
        assertProblems("", "expected a list 'registries'");
    }

    @Test
    void refusesFileThatIsMissing() {
        assertThatThrownBy(() -> RegistrationsFile.read(folder.resolve("missing.yaml"), name -> null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.yaml: expected a readable file");
    }

    private void assertProblems(String yaml, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve("registries.yaml"), yaml);
        assertThatThrownBy(() -> RegistrationsFile.read(file, name -> null))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.problems()).hasSize(parts.length);
                    for (int i = 0; i < parts.length; i++) {
                        assertThat(e.problems().get(i)).contains(parts[i]);
                    }
                });
    }
}
