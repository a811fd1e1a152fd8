package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsEveryKeyOfEntry() throws IOException {
        Files.writeString(folder.resolve("old-secret"), "from-file\n");

        var registrations = read("""
            registries:
              - alias: internal
                kind: mlflow
                secrets: [{env: MLFLOW_SECRET}, {file: old-secret}]
                location: s3://models/{name}/{version}/
                stores: [s3://models/, s3://archive/]
              - alias: lake
                kind: s3
                secrets: [{env: LAKE_TOKEN}]
                layout: "{owner}/{name}/{version}"
              - alias: events
                kind: cloud-events
                unauthenticated: true
                type: org.example.checkpoint.saved
            """);

        assertThat(registrations)
                .containsExactly(
                        new Registration(
                                "internal",
                                RegistryKind.MLFLOW,
                                List.of(Secret.of("from-env"), Secret.of("from-file")),
                                new LocationTemplate("s3://models/{name}/{version}/"),
                                BucketLayout.NAME_AND_VERSION,
                                new Stores(List.of("s3://models/", "s3://archive/")),
                                null,
                                null),
                        new Registration(
                                "lake",
                                RegistryKind.S3,
                                List.of(Secret.of("lake-token")),
                                null,
                                new BucketLayout("{owner}/{name}/{version}"),
                                Stores.any(),
                                null,
                                null),
                        new Registration(
                                "events",
                                RegistryKind.CLOUD_EVENTS,
                                List.of(),
                                null,
                                BucketLayout.NAME_AND_VERSION,
                                Stores.any(),
                                null,
                                "org.example.checkpoint.saved"));
    }

    @Test
    void readsTheExampleOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/registries.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        Path file =
                Files.writeString(folder.resolve("registries.yaml"), page.substring(begin, page.indexOf("```", begin)));
        Files.writeString(Files.createDirectory(folder.resolve("secrets")).resolve("mlflow-old"), "old");

        assertThat(RegistrationsFile.read(file, name -> "secret of " + name))
                .extracting(Registration::kind)
                .containsExactlyInAnyOrder(RegistryKind.values());
    }

    @Test
    void reportsEveryProblemAtOnceWithTheEntry() {
        assertProblems(
                """
                registries:
                  - alias: Internal
                    kind: mlflow
                    secrets: [{env: MLFLOW_SECRET}]
                  - alias: a
                    kind: git
                  - alias: b
                    kind: s3
                    secret: x
                  - alias: c
                    kind: s3
                    secrets: [{env: ABSENT}, plain-text-secret]
                    location: s3://models/
                  - alias: c
                    kind: s3
                    unauthenticated: true
                    stores: s3://models/
                """,
                "registries[0] (Internal): expected an alias of at most 63 lower-case letters",
                "registries[1] (a): kind: expected one of hugging-face, mlflow, s3, cloud-events, found 'git'",
                "registries[2] (b): unknown key 'secret'",
                "registries[2] (b): expected either a list 'secrets' or 'unauthenticated: true'",
                "registries[3] (c): secrets: expected a secret in the variable ABSENT, found none",
                "registries[3] (c): secrets: expected {env: NAME} or {file: path}",
                "registries[3] (c): expected a location with {name} and {version}",
                "registries[4] (c): the alias is used twice",
                "registries[4] (c): stores: expected a list");
    }

    @Test
    void neverRepeatsSecretThatSomebodyWroteIntoTheFile() {
        assertThatThrownBy(() -> read("""
            registries:
              - {alias: a, kind: s3, secrets: [hunter2]}
            """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void saysWhereTheYamlIsBroken() {
        assertProblems("registries:\n  - alias: [", "registries.yaml:");
    }

    @Test
    void refusesFileWithoutList() {
        assertProblems("registry: x", "expected a list 'registries'");
        assertProblems("", "expected a list 'registries'");
    }

    @Test
    void refusesFileThatIsMissing() {
        assertThatThrownBy(() -> RegistrationsFile.read(folder.resolve("missing.yaml"), name -> null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.yaml: expected a readable file of registries");
    }

    private void assertProblems(String yaml, String... beginnings) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSize(beginnings.length);
            for (int i = 0; i < beginnings.length; i++) {
                assertThat(e.problems().get(i)).contains(beginnings[i]);
            }
        });
    }

    private List<Registration> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("registries.yaml"), yaml);
        return RegistrationsFile.read(file, Map.of("MLFLOW_SECRET", "from-env", "LAKE_TOKEN", "lake-token")::get);
    }
}
