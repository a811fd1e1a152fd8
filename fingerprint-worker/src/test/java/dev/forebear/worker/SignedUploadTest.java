package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.schemas.wire.SignatureState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedUploadTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void tellsWhetherASignatureContradictsTheFilesAndReadsTheWeightsAllTheSame() throws Exception {
        try (var site = new WorkerSite(1)) {
            for (String model : new String[] {"plain", "signed", "tampered", "garbled"}) {
                site.putZoo(model, "base-a");
            }
            site.put("signed", "model.sig", signature("base-a"));
            site.put("tampered", "model.sig", signature("base-a"));
            site.put("tampered", "generation_config.json", "{}".getBytes(StandardCharsets.UTF_8));
            site.put("garbled", "model.sig", "not JSON".getBytes(StandardCharsets.UTF_8));
            try (var worker = WorkerService.start(site.config())) {
                site.announce("plain", Lane.INTERACTIVE);
                assertThat(signatureOf(site, "plain")).isNull();

                site.announce("signed", Lane.INTERACTIVE);
                assertThat(signatureOf(site, "signed")).satisfies(check -> {
                    assertThat(check.getState()).as(check.getMessage()).isEqualTo(SignatureState.CONSISTENT);
                    assertThat(check.getCompared()).isEqualTo(check.getListed()).isEqualTo(6);
                });

                site.announce("tampered", Lane.INTERACTIVE);
                assertThat(signatureOf(site, "tampered")).satisfies(check -> {
                    assertThat(check.getState()).isEqualTo(SignatureState.TAMPERED);
                    assertThat(check.getFile()).isEqualTo("model.sig");
                    assertThat(check.getMessage()).startsWith("generation_config.json: expected SHA-256 ");
                });

                site.announce("garbled", Lane.INTERACTIVE);
                assertThat(signatureOf(site, "garbled").getState()).isEqualTo(SignatureState.UNREADABLE);
            }
        }
    }

    private static SignatureCheck signatureOf(WorkerSite site, String model) {
        ModelFingerprint found = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> site.fingerprints().stream()
                                .filter(each -> each.getName().equals(model))
                                .findFirst()
                                .orElse(null),
                        each -> each != null);
        assertThat(found.getNotAnalysed()).isNull();
        assertThat(found.getFingerprint()).isNotNull();
        return found.getSignature();
    }

    /** Of the files as they are in the zoo, by a key that is only named. */
    private static byte[] signature(String zooModel) throws IOException {
        var digests = new ByteArrayOutputStream();
        ObjectNode statement = JSON.createObjectNode().put("_type", "https://in-toto.io/Statement/v1");
        statement.put("predicateType", "https://model_signing/signature/v1.0");
        statement
                .withObject("/predicate/serialization")
                .put("method", "files")
                .put("hash_type", "sha256")
                .put("allow_symlinks", false);
        files(zooModel).forEach((name, digest) -> {
            statement
                    .withArray("/predicate/resources")
                    .addObject()
                    .put("name", name)
                    .put("algorithm", "sha256")
                    .put("digest", digest);
            digests.writeBytes(HexFormat.of().parseHex(digest));
        });
        statement
                .putArray("subject")
                .addObject()
                .put("name", zooModel)
                .putObject("digest")
                .put("sha256", sha256(digests.toByteArray()));
        ObjectNode bundle = JSON.createObjectNode().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        bundle.withObject("/verificationMaterial/publicKey").put("hint", "0a1b");
        ObjectNode envelope = bundle.putObject("dsseEnvelope")
                .put("payloadType", "application/vnd.in-toto+json")
                .put("payload", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(statement)));
        envelope.putArray("signatures").addObject().put("sig", "AAAA");
        return JSON.writeValueAsBytes(bundle);
    }

    private static TreeMap<String, String> files(String zooModel) throws IOException {
        var digests = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(WorkerSite.ZOO.resolve(zooModel))) {
            for (Path file : files.toList()) {
                digests.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private static String sha256(byte[] content) {
        return Digest.of(Algorithm.SHA256, content).hex();
    }
}
