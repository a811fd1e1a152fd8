package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request that is kept as a sample, as it is and changed. */
class SamplesTest {

    private static final Path FOLDER = Path.of("src/test/resources/webhooks");
    private static final List<String> SIGNED = List.of("mlflow", "databricks", "wandb");

    /** How the registry is connected whose samples begin with a word. */
    private static final Map<String, Registration> REGISTRATIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("hf", connected(RegistryKind.HUGGING_FACE, "hf-demo-secret-0001")),
            Map.entry("mlflow", connected(RegistryKind.MLFLOW, "mlflow-demo-secret-0001")),
            Map.entry("databricks", connected(RegistryKind.DATABRICKS, "dbx-demo-secret")),
            Map.entry("minio", connected(RegistryKind.S3, "minio-demo-token-0001")),
            Map.entry("rustfs", connected(RegistryKind.S3, "rustfs-demo-token")),
            Map.entry("aws", connected(RegistryKind.S3, "aws-demo-token")),
            Map.entry("aws-04", connected(RegistryKind.SAGEMAKER, "aws-demo-token")),
            Map.entry("azureml", connected(RegistryKind.AZURE_ML, "azure-demo-token")),
            Map.entry("vertex", connected(RegistryKind.VERTEX_AI, "<OIDC JWT>")),
            Map.entry("oci", connected(RegistryKind.OCI, "oci-demo-token")),
            Map.entry("harbor", connected(RegistryKind.HARBOR, "harbor-demo-token")),
            Map.entry("artifactory", connected(RegistryKind.ARTIFACTORY, "jfrog-demo-secret")),
            Map.entry("gitlab", connected(RegistryKind.GITLAB, "gitlab-demo-token")),
            Map.entry("wandb", connected(RegistryKind.WEIGHTS_AND_BIASES, "wandb-demo-secret")),
            Map.entry("cloudevents", connected(RegistryKind.CLOUD_EVENTS, "events-demo-token"))));

    static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".body.json"))
                    .map(name -> name.replace(".body.json", ""))
                    .sorted()
                    .toList();
        }
    }

    static List<String> signedSamples() throws IOException {
        return samples().stream()
                .filter(sample -> SIGNED.stream().anyMatch(sample::startsWith))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isBelievedAndUnderstood(String sample) {
        Outcome outcome = Sender.of(registration(sample)).receive(request(sample));

        assertThat(outcome).isNotInstanceOf(Outcome.Rejected.class);
        // The one whose key does not follow the usual layout.
        if (!sample.equals("minio-03-webhook-key-with-space-plus-unicode")) {
            assertThat(outcome).isNotInstanceOf(Outcome.PutAside.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isRefusedWithAnyCharacterOfItsProofChanged(String sample) {
        Webhook request = request(sample);
        Sender sender = Sender.of(registration(sample));
        for (String header : request.headers().keySet()) {
            if (!isProof(sample, header)) {
                continue;
            }
            String proof = String.valueOf(request.header(header));
            for (int i = 0; i < proof.length() - 2; i++) {
                char other = proof.charAt(i) == '1' ? '2' : '1';
                String changed = proof.substring(0, i) + other + proof.substring(i + 1);
                assertThat(sender.receive(Sample.with(request, header, changed)))
                        .as("%s: %s", header, changed)
                        .isInstanceOf(Outcome.Rejected.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("signedSamples")
    void isRefusedWithAnyByteOfASignedBodyChanged(String sample) {
        Webhook request = request(sample);
        Sender sender = Sender.of(registration(sample));
        for (int i = 0; i < request.body().length; i++) {
            byte[] changed = request.body().clone();
            changed[i] ^= 1;
            assertThat(sender.receive(Sample.with(request, changed)))
                    .as("byte %d", i)
                    .isInstanceOf(Outcome.Rejected.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isRefusedInTheNameOfAnotherRegistry(String sample) {
        var another = registration(sample)
                .provenBy(Registration.of("b", RegistryKind.S3, Secret.of("another"))
                        .proof());

        assertThat(Sender.of(another).receive(request(sample)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
    }

    // The access token of Weights & Biases proves nothing where there is a signature.
    private static boolean isProof(String sample, String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("authorization") && !sample.startsWith("wandb")
                || Stream.of("secret", "token", "signature", "event-auth", "x-mlflow-timestamp", "x-mlflow-delivery")
                        .anyMatch(name::contains);
    }

    private static Webhook request(String sample) {
        Webhook request = Files.exists(FOLDER.resolve(sample + ".http.json"))
                ? Sample.read(sample)
                : new Webhook(Map.of(), Sample.body(sample), Sample.TIME);
        // Where the transport brings the proof, the operator chose it.
        return Stream.of("aws", "azureml", "cloudevents", "minio-05").anyMatch(sample::startsWith)
                ? Sample.with(
                        request,
                        "Authorization",
                        "Bearer "
                                + registration(sample)
                                        .proof()
                                        .secrets()
                                        .getFirst()
                                        .reveal())
                : request;
    }

    private static Registration registration(String sample) {
        return REGISTRATIONS.entrySet().stream()
                .filter(entry -> sample.startsWith(entry.getKey()))
                .reduce((shorter, longer) -> longer)
                .orElseThrow(() -> new IllegalArgumentException("no registration for " + sample))
                .getValue();
    }

    private static Registration connected(RegistryKind kind, String secret) {
        var registration = Registration.of("internal", kind, Secret.of(secret));
        boolean elsewhere = kind == RegistryKind.ARTIFACTORY || kind == RegistryKind.HUGGING_FACE;
        return elsewhere ? registration.locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/")) : registration;
    }
}
