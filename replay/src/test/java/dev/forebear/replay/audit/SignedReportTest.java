package dev.forebear.replay.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.replay.signing.Envelope;
import dev.forebear.replay.signing.KeyFiles;
import dev.forebear.replay.signing.NotVerified;
import dev.forebear.replay.signing.SigningKey;
import dev.forebear.replay.signing.Statement;
import dev.forebear.replay.signing.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedReportTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path keys;

    @TempDir
    private Path folder;

    private KeyFiles pair;
    private VerificationKey key;

    @BeforeEach
    void sign() throws Exception {
        pair = KeyFiles.ed25519(keys);
        key = VerificationKey.read(pair.publicKey());
        AuditReport.write(SampleAudit.of(10), folder, Optional.of(SigningKey.read(pair.privateKey())));
    }

    @Test
    void namesEveryDocumentByItsDigest() throws Exception {
        Statement statement = Envelope.open(envelope(), key);

        assertThat(statement.digests()).containsOnlyKeys("findings.csv", "report.html", "report.json", "uploads.csv");
        assertThat(statement.predicateType()).isEqualTo(AuditReport.PREDICATE_TYPE);
        assertThat(statement.predicate().path("replayId").asText()).isEqualTo("5f1c9a0be3d2");
        assertThat(statement.differences(folder)).isEmpty();
    }

    @Test
    void isTheSameEachTime() throws Exception {
        byte[] first = Files.readAllBytes(envelope());
        AuditReport.write(SampleAudit.of(10), folder, Optional.of(SigningKey.read(pair.privateKey())));

        assertThat(envelope()).hasBinaryContent(first);
    }

    @Test
    void isVerifiedByWhatTheDocumentsSayAndNothingOfOurs() throws Exception {
        JsonNode json = MAPPER.readTree(envelope().toFile());
        byte[] statement = Base64.getDecoder().decode(json.get("payload").asText());
        String head = "DSSEv1 28 application/vnd.in-toto+json " + statement.length + " ";
        var signature = Signature.getInstance("Ed25519");
        String pem = Files.readString(pair.publicKey()).replaceAll("-----[A-Z ]+-----", "");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
        signature.update(head.getBytes(StandardCharsets.UTF_8));
        signature.update(statement);

        assertThat(signature.verify(
                        Base64.getDecoder().decode(json.at("/signatures/0/sig").asText())))
                .isTrue();
    }

    @Test
    void tellsWhichDocumentWasChanged() throws Exception {
        Files.writeString(folder.resolve("findings.csv"), "x", StandardOpenOption.APPEND);
        Files.delete(folder.resolve("uploads.csv"));

        assertThat(Envelope.open(envelope(), key).differences(folder))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("findings.csv: expected SHA-256 "),
                        line -> assertThat(line).isEqualTo("uploads.csv: expected a file, found none"));
    }

    @Test
    void isRefusedWhenTheStatementWasChanged() throws Exception {
        ObjectNode json = (ObjectNode) MAPPER.readTree(envelope().toFile());
        String statement =
                new String(Base64.getDecoder().decode(json.get("payload").asText()), StandardCharsets.UTF_8);
        String other = statement.replace("5f1c9a0be3d2", "000000000000");
        json.put("payload", Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8)));
        MAPPER.writeValue(envelope().toFile(), json);

        assertThatThrownBy(() -> Envelope.open(envelope(), key))
                .isInstanceOf(NotVerified.class)
                .hasMessage(envelope() + ": expected a signature of this key, found none");
    }

    @Test
    void isRefusedWithTheKeyOfAnother() throws Exception {
        VerificationKey other = VerificationKey.read(KeyFiles.ed25519(keys).publicKey());

        assertThatThrownBy(() -> Envelope.open(envelope(), other)).isInstanceOf(NotVerified.class);
    }

    @Test
    void takesAwayASignatureThatNoLongerHolds() throws Exception {
        AuditReport.write(SampleAudit.of(11), folder, Optional.empty());

        assertThat(envelope()).doesNotExist();
    }

    private Path envelope() {
        return folder.resolve(AuditReport.ENVELOPE);
    }
}
