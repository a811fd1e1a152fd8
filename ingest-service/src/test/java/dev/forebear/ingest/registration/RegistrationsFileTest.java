package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationsFileTest {

    private static final Path PAGES = Path.of("../docs/registries");

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
                window: 3m
                location: s3://models/{name}/{version}/
                stores: [s3://models/, s3://archive/]
                tags: [base_model, derived_from]
                rate: 100/s
                api: {url: https://mlflow.example.com, username: forebear, token: {env: MLFLOW_TOKEN},
                      scope: [team-a], every: 5m, rate: 30/m}
              - alias: lake
                kind: s3
                secrets: [{env: LAKE_TOKEN}]
                layout: "{owner}/{name}/{version}"
                complete: {quiet: 2m}
              - alias: events
                kind: cloud-events
                unauthenticated: true
                type: org.example.checkpoint.saved
              - alias: pipelines
                kind: kubeflow
            """);

        assertThat(registrations)
                .containsExactly(
                        new Registration(
                                "internal",
                                RegistryKind.MLFLOW,
                                new Proof(
                                        List.of(Secret.of("from-env"), Secret.of("from-file")),
                                        Duration.ofMinutes(3),
                                        Proof.Carrier.BEARER_TOKEN),
                                new Where(
                                        new LocationTemplate("s3://models/{name}/{version}/"),
                                        BucketLayout.NAME_AND_VERSION,
                                        new Stores(List.of("s3://models/", "s3://archive/"))),
                                new Reading(null, List.of("base_model", "derived_from"), JsonMapping.PLAIN),
                                Completeness.USUAL,
                                new Rate(100, Duration.ofSeconds(1)),
                                new RegistryApi(
                                        URI.create("https://mlflow.example.com"),
                                        "forebear",
                                        Secret.of("mlflow-token"),
                                        List.of("team-a"),
                                        Duration.ofMinutes(5),
                                        0.5),
                                Sources.NONE),
                        Registration.of("lake", RegistryKind.S3, Secret.of("lake-token"))
                                .laidOutAs(new BucketLayout("{owner}/{name}/{version}"))
                                .completeAfter(new Completeness(Duration.ofMinutes(2))),
                        Registration.open("events", RegistryKind.CLOUD_EVENTS)
                                .readAs(new Reading(
                                        "org.example.checkpoint.saved", Reading.USUAL_TAGS, JsonMapping.PLAIN)),
                        Registration.open("pipelines", RegistryKind.KUBEFLOW));
    }

    @Test
    void readsTheMappingOfHomeMadeRegistry() throws IOException {
        assertThat(read("""
            registries:
              - alias: attic
                kind: json
                secrets: [{env: LAKE_TOKEN}]
                proof: {header: X-Attic-Signature, form: hmac-sha256-hex, prefix: sha256=}
                mapping:
                  model: $.checkpoint.name
                  version: $.checkpoint.revision
                  location: $.checkpoint.uri
                  bases: $.parents[*].name
                  uploader: $.user
                  time: $.at
                  event: $.delivery
                  only: $[?(@.event == 'saved')]
            """))
                .containsExactly(Registration.open("attic", RegistryKind.JSON)
                        .provenBy(new Proof(
                                List.of(Secret.of("lake-token")),
                                Proof.DEFAULT_WINDOW,
                                new Proof.Carrier("X-Attic-Signature", Proof.Form.HMAC_SHA256_HEX, "sha256=")))
                        .readAs(new Reading(
                                null,
                                Reading.USUAL_TAGS,
                                new JsonMapping(
                                        "$.checkpoint.name",
                                        "$.checkpoint.revision",
                                        "$.checkpoint.uri",
                                        "$.parents[*].name",
                                        "$.user",
                                        "$.at",
                                        "$.delivery",
                                        "$[?(@.event == 'saved')]"))));
    }

    @Test
    void readsWhereEventsAreFetched() throws IOException {
        Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SASL_SSL\nsasl.jaas.config=hunter2\n");

        var registrations = read("""
            registries:
              - alias: lake
                kind: s3
                kafka: {bootstrap: "one:9092,two:9092", topic: bucket-events, properties: {file: kafka.properties}}
              - alias: both
                kind: s3
                secrets: [{env: LAKE_TOKEN}]
                kafka: {bootstrap: "one:9092", topic: bucket-events}
              - alias: queue
                kind: s3
                sqs: {url: "https://sqs.eu-central-1.amazonaws.com/1234/models",
                      access-key: {env: LAKE_TOKEN}, secret-key: {env: MLFLOW_TOKEN}}
              - alias: elsewhere
                kind: s3
                sqs: {url: "http://queues/1234/models", region: here, endpoint: "https://vpce",
                      access-key: {env: LAKE_TOKEN}, secret-key: {env: MLFLOW_TOKEN}}
            """);

        var properties = Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "hunter2");
        assertThat(registrations)
                .containsExactly(
                        Registration.open("lake", RegistryKind.S3)
                                .fetchedFrom(Sources.only(
                                        new KafkaSource("one:9092,two:9092", "bucket-events", properties))),
                        Registration.of("both", RegistryKind.S3, Secret.of("lake-token"))
                                .fetchedFrom(new Sources(KafkaSource.of("one:9092", "bucket-events"), null, false)),
                        Registration.open("queue", RegistryKind.S3)
                                .fetchedFrom(Sources.only(queue(
                                        "https://sqs.eu-central-1.amazonaws.com/1234/models",
                                        "eu-central-1",
                                        "https://sqs.eu-central-1.amazonaws.com/"))),
                        Registration.open("elsewhere", RegistryKind.S3)
                                .fetchedFrom(Sources.only(queue("http://queues/1234/models", "here", "https://vpce"))));
        assertThat(registrations.toString()).doesNotContain("hunter2", "mlflow-token");
    }

    private static SqsSource queue(String url, String region, String endpoint) {
        return new SqsSource(
                URI.create(url), region, Secret.of("lake-token"), Secret.of("mlflow-token"), URI.create(endpoint));
    }

    @Test
    void saysWhatIsMissingWhereEventsAreFetched() {
        assertProblems(
                """
                registries:
                  - alias: a
                    kind: s3
                    kafka: {bootstrap: one, topic: x}
                  - alias: b
                    kind: kubeflow
                    kafka: {bootstrap: "one:9092", properties: {file: absent}}
                  - alias: c
                    kind: s3
                    sqs: {url: "https://host/queue", access-key: {env: LAKE_TOKEN}, secret-key: {env: LAKE_TOKEN}}
                  - alias: d
                    kind: s3
                    sqs: {region: here, access-key: AKIA}
                """,
                "registries.yaml:4:12: registries[1].kafka: expected brokers such as host:9092, found 'one'",
                "registries.yaml:6:11: registries[2].kind: expected a kind that announces something, found 'kubeflow'",
                "registries.yaml:7:12: registries[2].kafka: expected 'topic', found none",
                "registries.yaml:7:48: registries[2].kafka.properties: expected a readable file with properties",
                "registries.yaml:10:10: registries[3].sqs: expected 'region', which the address does not tell",
                "registries.yaml:13:10: registries[4].sqs: expected 'secret-key', found none",
                "registries.yaml:13:10: registries[4].sqs: expected 'url', found none",
                "registries.yaml:13:37: registries[4].sqs.access-key: expected {env: NAME} or {file: path}");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsTheExamplesOfTheDocumentation(Path page) throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
        for (String file : List.of("mlflow-old", "mlflow-token", "entra-token", "google-token")) {
            Files.writeString(folder.resolve("secrets").resolve(file), "secret of " + file);
        }
        Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL");
        String text = Files.readString(page);
        int begin = text.indexOf("```yaml\n") + "```yaml\n".length();
        Path file =
                Files.writeString(folder.resolve("registries.yaml"), text.substring(begin, text.indexOf("```", begin)));

        assertThat(RegistrationsFile.read(file, name -> "secret of " + name)).isNotEmpty();
    }

    @Test
    void isDescribedOnOnePageForEveryKind() throws IOException {
        String index = Files.readString(PAGES.resolveSibling("registries.md"));
        for (RegistryKind kind : RegistryKind.values()) {
            assertThat(index).contains("(registries/" + kind.word() + ".md) | `" + kind.word() + "`");
            assertThat(PAGES.resolve(kind.word() + ".md")).content().contains("kind: " + kind.word());
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return Stream.concat(files, Stream.of(PAGES.resolveSibling("registries.md")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void reportsEveryProblemAtOnceWithItsPlace() {
        assertProblems(
                """
                registries:
                  - alias: Internal
                    kind: mlflow
                    secrets: [{env: MLFLOW_SECRET}]
                  - alias: a
                    kind: git
                    unauthenticated: true
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
                    rate: fast
                    window: -5m
                    complete: {quiet: 0s}
                    api: {url: "ftp://models", token: {env: ABSENT}, rate: 5}
                """,
                "registries.yaml:2:12: registries[1].alias: expected an alias of at most 63 lower-case letters",
                "registries.yaml:6:11: registries[2].kind: expected one of hugging-face, mlflow, databricks, s3,",
                "registries.yaml:8:5: registries[3]: expected either a list 'secrets' or 'unauthenticated: true'",
                "registries.yaml:10:5: registries[3].secret: expected one of alias, api, complete,",
                "registries.yaml:13:15: registries[4].secrets[1]: expected the variable ABSENT to hold the secret",
                "registries.yaml:13:30: registries[4].secrets[2]: expected a mapping, found a text",
                "registries.yaml:13:30: registries[4].secrets[2]: expected {env: NAME} or {file: path}",
                "registries.yaml:14:15: registries[4].location: expected a location with {name} and {version}",
                "registries.yaml:15:12: registries[5].alias: expected an alias of its own, found 'c' again",
                "registries.yaml:18:13: registries[5].stores: expected a list of texts",
                "registries.yaml:19:11: registries[5].rate: expected a rate such as 100/s or 6000/m, found 'fast'",
                "registries.yaml:20:13: registries[5].window: expected a duration such as 30s, 5m or P1D",
                "registries.yaml:21:23: registries[5].complete.quiet: expected a duration such as 30s",
                "registries.yaml:22:16: registries[5].api.url: api: expected an address such as https://host/",
                "registries.yaml:22:39: registries[5].api.token: expected the variable ABSENT to hold the secret",
                "registries.yaml:22:60: registries[5].api.rate: expected a rate such as 5/s or 60/m, found '5'");
    }

    @Test
    void saysWhichJsonPathIsNone() {
        assertProblems(
                """
                registries:
                  - alias: attic
                    kind: json
                    unauthenticated: true
                    mapping: {model: "$.[", only: ""}
                    proof: {header: "X Y", form: rot13}
                """,
                "registries.yaml:5:22: registries[1].mapping.model: expected a JSONPath such as $.model, found '$.['",
                "registries.yaml:5:35: registries[1].mapping.only: expected a text",
                "registries.yaml:6:21: registries[1].proof.header: expected the name of a header, found 'X Y'",
                "registries.yaml:6:34: registries[1].proof.form: expected one of secret, bearer, hmac-sha256-hex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets: [hunter2]",
                "secrets: hunter2",
                "secrets: [{env: ABSENT, value: hunter2}]",
                "secrets: [[hunter2]]",
                "api: {url: https://host/, token: hunter2}",
                "api: hunter2",
                "kafka: hunter2",
                "kafka: {bootstrap: \"h:1\", topic: t, properties: hunter2}"
            })
    void neverRepeatsSecretThatSomebodyWroteIntoTheFile(String entry) {
        assertThatThrownBy(() -> read("registries: [{alias: a, kind: s3, " + entry + "}]"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void keepsTheAliasOfReferenceModels() {
        assertProblems(
                "registries: [{alias: reference, kind: mlflow, secrets: [{env: MLFLOW_SECRET}]}]",
                "expected another alias than 'reference', under which reference models are kept");
    }

    private void assertProblems(String yaml, String... parts) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSize(parts.length);
            for (int i = 0; i < parts.length; i++) {
                assertThat(e.problems().get(i)).contains(parts[i]);
            }
        });
    }

    private List<Registration> read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("registries.yaml"), yaml);
        return RegistrationsFile.read(
                file,
                Map.of("MLFLOW_SECRET", "from-env", "LAKE_TOKEN", "lake-token", "MLFLOW_TOKEN", "mlflow-token")::get);
    }
}
