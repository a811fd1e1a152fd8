package dev.forebear.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.replay.audit.Audit;
import dev.forebear.replay.audit.AuditReport;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.replay.signing.SigningKey;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayState;
import dev.forebear.schemas.wire.Viewpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayVerifyCommandTest implements CommandContract {

    @TempDir
    private Path folder;

    private Path documents;
    private Path publicKey;

    @Override
    public List<String> command() {
        return List.of("replay", "verify");
    }

    @Override
    public List<String> positionals() {
        return List.of("folder", "--key", "key.pem");
    }

    @BeforeEach
    void sign() throws Exception {
        WireTrust.establish();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        publicKey = pem("PUBLIC KEY", pair.getPublic());
        documents = folder.resolve("audit");
        Path privateKey = pem("PRIVATE KEY", pair.getPrivate());
        AuditReport.write(new NothingFound(), documents, Optional.of(SigningKey.read(privateKey)));
    }

    @Test
    void verifiesWhatWasSigned() {
        Run run = run(documents.toString(), "--key", publicKey.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith("Verified")
                .contains("  report.html")
                .endsWith("Replay 5f1c9a0be3d2, policy sha256:9b2c, 0 uploads.\n");
    }

    @Test
    void namesADocumentThatWasChanged() throws Exception {
        Files.writeString(documents.resolve("report.json"), " ", StandardOpenOption.APPEND);

        Run run = run(documents.toString(), "--key", publicKey.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains("report.json: expected SHA-256 ");
    }

    @Test
    void refusesTheSignatureOfAnother() throws Exception {
        Path other = pem(
                "PUBLIC KEY",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());

        Run run = run(documents.toString(), "--key", other.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("report.dsse.json: expected a signature of this key, found none");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run(folder.toString(), "--key", publicKey.toString()).exitCode())
                .isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run(
                                documents.toString(),
                                "--key",
                                documents.resolve("report.html").toString())
                        .err())
                .contains("expected a line -----BEGIN PUBLIC KEY-----, found no such line");
    }

    private Path pem(String label, Key key) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        return Files.writeString(
                Files.createTempFile(folder, "key", ".pem"),
                "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, base64, label));
    }

    private record NothingFound() implements Audit {

        @Override
        public Replay replay() {
            return Replay.newBuilder()
                    .setReplayId("5f1c9a0be3d2")
                    .setViewpoint(Viewpoint.AS_OF_NOW)
                    .setPolicyVersion("sha256:9b2c")
                    .setPolicySource("standard")
                    .setPolicyText("rules: {}")
                    .setAlgorithmVersion(3)
                    .setUploads(0)
                    .setReferences(0)
                    .setReferenceSet("sha256:77b0")
                    .setRequestedBy("ana")
                    .setRequestedAt(Instant.EPOCH)
                    .setState(ReplayState.COMPLETE)
                    .build();
        }

        @Override
        public Stream<AuditedModel> models() {
            return Stream.of();
        }
    }
}
