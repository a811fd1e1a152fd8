package dev.forebear.checkpoint.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.signature.SignatureCheck.State;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

    private static final String CONFIG = "{\"model_type\": \"llama\"}";
    private static final String WEIGHTS = "0123456789";

    /** A model of two files. */
    private static MemoryStorage model() {
        return new MemoryStorage().with("config.json", CONFIG).with("model.safetensors", WEIGHTS);
    }

    private static ModelSigner signer() {
        return new ModelSigner().file("config.json", CONFIG).file("model.safetensors", WEIGHTS);
    }

    private static SignatureCheck check(MemoryStorage model) throws IOException {
        return SignatureCheck.of(model, Map.of());
    }

    private static SignatureCheck check(byte[] signature) throws IOException {
        return check(model().with("model.sig", signature));
    }

    @Test
    void modelsWithoutASignatureHaveNoState() throws IOException {
        assertThat(check(model())).isNull();
        assertThat(check(model().with("README.sig", new byte[] {(byte) 0x89, 2, 0x33})))
                .isNull();
    }

    @Nested
    class FitsItsFiles {

        @ParameterizedTest
        @CsvSource({
            "secp256r1, SHA256",
            "secp384r1, SHA384",
            "secp521r1, SHA512",
            "secp384r1, SHA256",
        })
        void byAKeyOfAnyCurveThatItBrings(String curve, String digest) throws IOException {
            byte[] signature = signer().signed(ModelSigner.key(curve), digest, statement -> {});

            assertThat(check(signature))
                    .isEqualTo(new SignatureCheck(
                            "model.sig",
                            State.CONSISTENT,
                            "the signature fits the key that it brings; all files compared",
                            2,
                            2));
        }

        @Test
        void byAKeyThatItOnlyNamesWhichIsSaid() throws IOException {
            assertThat(check(signer().signedByNamedKey())).satisfies(check -> {
                assertThat(check.state()).isEqualTo(State.CONSISTENT);
                assertThat(check.message())
                        .isEqualTo("the signature itself could not be checked: it brings only a hint at its key,"
                                + " e8450dec; all files compared");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {".gitattributes", ".git/config", "other.sig", "cache/a", "notes"})
        void besideFilesThatAreNeverSigned(String name) throws IOException {
            byte[] signature = signer().ignoring("cache").ignoring("notes").signed();

            assertThat(check(model().with("model.sig", signature).with(name, "x"))
                            .state())
                    .isEqualTo(State.CONSISTENT);
        }

        @Test
        void inPartsWithoutEmptyFiles() throws IOException {
            var signer = new ModelSigner().parts("config.json", CONFIG, 4).parts("model.safetensors", WEIGHTS, 4);
            var model = model().with("model.sig", signer.signed()).with("empty", "");

            assertThat(check(model)).satisfies(check -> {
                assertThat(check.state()).as(check.message()).isEqualTo(State.CONSISTENT);
                assertThat(check.compared()).isEqualTo(2);
            });
        }

        @Test
        void asOneFileAmongOthersWhenItIsNamedAfterIt() throws IOException {
            byte[] signature =
                    new ModelSigner().file("model.safetensors", WEIGHTS).signed();

            assertThat(check(model().with("model.safetensors.sig", signature)).state())
                    .isEqualTo(State.CONSISTENT);
            assertThat(check(model().with("model.sig", signature)).message())
                    .isEqualTo("config.json: expected only files that are signed, found one that is not");
        }

        @Test
        void inAFolderBelow() throws IOException {
            var model = new MemoryStorage()
                    .with("README.md", "x")
                    .with("model/config.json", CONFIG)
                    .with("model/model.safetensors", WEIGHTS);

            assertThat(check(model.with("model.sig", signer().signed())).state())
                    .isEqualTo(State.CONSISTENT);
        }
    }

    @Nested
    class ContradictsItsFiles {

        @Test
        void whenOneWasChanged() throws IOException {
            var model = model().with("model.sig", signer().signed()).with("config.json", "{}");

            assertThat(check(model))
                    .isEqualTo(new SignatureCheck(
                            "model.sig",
                            State.TAMPERED,
                            "config.json: expected SHA-256 "
                                    + ModelSigner.sha256(CONFIG.getBytes(StandardCharsets.UTF_8))
                                    + ", as is signed, found "
                                    + ModelSigner.sha256("{}".getBytes(StandardCharsets.UTF_8)),
                            2,
                            1));
        }

        @Test
        void whenAPartOfOneWasChanged() throws IOException {
            var signer = new ModelSigner().parts("config.json", CONFIG, 4).parts("model.safetensors", WEIGHTS, 4);
            var model = model().with("model.sig", signer.signed());

            assertThat(check(model.with("model.safetensors", "012345678x")).message())
                    .startsWith("model.safetensors, from byte 8: expected SHA-256 ");
            assertThat(check(model.with("model.safetensors", "01234567")).message())
                    .isEqualTo("model.safetensors: expected 10 bytes, as is signed, found 8");
        }

        @Test
        void whenOneIsMissing() throws IOException {
            byte[] signature = signer().file("tokenizer.json", "{}").signed();

            assertThat(tampered(signature)).isEqualTo("tokenizer.json: expected a file, as is signed, found none");
        }

        @Test
        void whenOneWasAdded() throws IOException {
            var model = model().with("model.sig", signer().signed()).with("modeling_llama.py", "import os");

            assertThat(check(model).state()).isEqualTo(State.TAMPERED);
            assertThat(check(model).message())
                    .isEqualTo("modeling_llama.py: expected only files that are signed, found one that is not");
        }

        @Test
        void whenTheStoreTellsAnotherDigest() throws IOException {
            var model = model().with("model.sig", signer().signed())
                    .telling(new StoredFile("model.safetensors", 1L << 40, "1", "ab".repeat(32)));

            assertThat(check(model).message())
                    .startsWith("model.safetensors: expected SHA-256 84d8")
                    .endsWith("as is signed, found " + "ab".repeat(32));
        }

        @Test
        void whenTheStatementWasChangedAfterwards() throws IOException {
            String other = Base64.getEncoder()
                    .encodeToString(new ModelSigner()
                            .file("config.json", "{}")
                            .statement("model")
                            .toString()
                            .getBytes(StandardCharsets.UTF_8));
            byte[] signature = ModelSigner.changed(
                    signer().signed(),
                    bundle -> bundle.withObject("/dsseEnvelope").put("payload", other));

            assertThat(tampered(signature))
                    .isEqualTo("model.sig: signature: expected one by the key in publicKey.rawBytes, found none");
        }

        @Test
        void whenItsSignatureIsNone() throws IOException {
            byte[] signature = ModelSigner.changed(
                    signer().signed(),
                    bundle -> ((ObjectNode) bundle.at("/dsseEnvelope/signatures/0")).put("sig", "AAAA"));

            assertThat(tampered(signature)).startsWith("model.sig: signature: expected one by the key");
        }

        @Test
        void whenItContradictsItself() throws IOException {
            byte[] signature = signer().signed(statement ->
                    ((ObjectNode) statement.at("/subject/0/digest")).put("sha256", "00".repeat(32)));

            assertThat(tampered(signature))
                    .startsWith("model.sig: subject.digest: expected ")
                    .endsWith("by its resources, found " + "00".repeat(32));
        }

        @Test
        void whateverAnotherSignatureSays() throws IOException {
            var model = model().with("model.sig", signer().signed())
                    .with("later.sig", signer().file("more", "x").signed());

            assertThat(check(model).file()).isEqualTo("later.sig");
            assertThat(check(model).state()).isEqualTo(State.TAMPERED);
        }

        private static String tampered(byte[] signature) throws IOException {
            SignatureCheck check = check(signature);
            assertThat(check.state()).as(check.message()).isEqualTo(State.TAMPERED);
            return check.message();
        }
    }

    @Nested
    class IsComparedAsFarAsCanBe {

        private static final long LARGE = 33L << 20;

        @Test
        void withDigestsThatTheRegistryAnnouncedWhereAFileIsLarge(@TempDir Path folder) throws IOException {
            String digest = "cd".repeat(32);
            write(folder, new ModelSigner().file("config.json", CONFIG).listing("model.safetensors", digest));

            assertThat(check(folder, Map.of())).satisfies(check -> {
                assertThat(check.state()).isEqualTo(State.CONSISTENT);
                assertThat(check.message())
                        .endsWith("; not compared: model.safetensors, of 34603008 bytes, whose SHA-256 is not told");
                assertThat(check.listed()).isEqualTo(2);
                assertThat(check.compared()).isEqualTo(1);
            });
            assertThat(check(folder, Map.of("model.safetensors", digest)).compared())
                    .isEqualTo(2);
            assertThat(check(folder, Map.of("model.safetensors", "ee".repeat(32)))
                            .state())
                    .isEqualTo(State.TAMPERED);
        }

        @Test
        void withFilesThatLieDeeperThanAFolderIsListed(@TempDir Path folder) throws IOException {
            Path deep = Files.createDirectories(folder.resolve("a/b/c/d/e/f"));
            Files.writeString(deep.resolve("file"), "x");
            write(
                    folder,
                    new ModelSigner()
                            .file("config.json", CONFIG)
                            .listing("model.safetensors", "cd".repeat(32))
                            .file("a/b/c/d/e/f/file", "x"));

            assertThat(check(folder, Map.of()).state()).isEqualTo(State.CONSISTENT);
        }

        private static void write(Path folder, ModelSigner signer) throws IOException {
            Files.writeString(folder.resolve("config.json"), CONFIG);
            try (var file = new java.io.RandomAccessFile(
                    folder.resolve("model.safetensors").toFile(), "rw")) {
                file.setLength(LARGE);
            }
            Files.write(folder.resolve("model.sig"), signer.signed());
        }

        private static SignatureCheck check(Path folder, Map<String, String> told) throws IOException {
            try (var storage = new FolderStorage(folder)) {
                return SignatureCheck.of(storage, told);
            }
        }

        @Test
        void withoutDigestsThatAreNotComputedHere() throws IOException {
            byte[] signature = new ModelSigner()
                    .hashedWith("blake3")
                    .listing("config.json", "ab".repeat(32))
                    .listing("model.safetensors", "ab".repeat(32))
                    .signed();

            assertThat(SignatureCheckTest.check(signature)).satisfies(check -> {
                assertThat(check.state()).isEqualTo(State.CONSISTENT);
                assertThat(check.message()).endsWith("; not compared: config.json, whose blake3 is not computed here");
                assertThat(check.compared()).isZero();
            });
        }
    }

    @Nested
    class CannotBeRead {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[]|UNREADABLE|expected a JSON object",
                    "{\"a\": 1, \"a\": 2}|UNREADABLE|Duplicate field 'a'",
                    "{\"mediaType\": \"text/plain\"}|UNSUPPORTED|mediaType: expected application/vnd.dev.sigstore",
                    "{}|UNSUPPORTED|mediaType: expected application/vnd.dev.sigstore.bundle…, found none",
                })
        void whatIsNoBundle(String json, State state, String problem) throws IOException {
            assertThat(check(json.getBytes(StandardCharsets.UTF_8))).satisfies(check -> {
                assertThat(check.state()).isEqualTo(state);
                assertThat(check.message()).startsWith("model.sig: ").contains(problem);
            });
        }

        @Test
        void aBundleOfAbsurdLength() throws IOException {
            assertThat(check(new byte[(4 << 20) + 1]).message())
                    .isEqualTo("model.sig: expected at most 4194304 bytes, found 4194305");
        }

        @Test
        void aBundleWithoutItsParts() throws IOException {
            assertChanged(
                    bundle -> bundle.remove("dsseEnvelope"), State.UNREADABLE, "dsseEnvelope: expected an object");
            assertChanged(
                    bundle -> bundle.remove("verificationMaterial"),
                    State.UNREADABLE,
                    "verificationMaterial: expected an object");
            assertChanged(
                    bundle -> bundle.withObject("/dsseEnvelope").putArray("signatures"),
                    State.UNREADABLE,
                    "dsseEnvelope.signatures: expected 1 to 4 signatures, found 0");
            assertChanged(
                    bundle -> bundle.withObject("/dsseEnvelope").put("payload", "%"),
                    State.UNREADABLE,
                    "dsseEnvelope.payload: expected Base64");
            assertChanged(
                    bundle -> bundle.withObject("/dsseEnvelope").put("payloadType", "text/plain"),
                    State.UNSUPPORTED,
                    "dsseEnvelope.payloadType: expected application/vnd.in-toto+json, found text/plain");
            assertChanged(
                    bundle -> bundle.putObject("verificationMaterial").putObject("certificate"),
                    State.UNREADABLE,
                    "verificationMaterial.tlogEntries: expected a list");
            assertChanged(
                    bundle -> bundle.putObject("verificationMaterial")
                            .putObject("x509CertificateChain")
                            .putArray("certificates")
                            .addObject()
                            .put("rawBytes", "AAAA"),
                    State.UNREADABLE,
                    "certificates.rawBytes: expected an X.509 certificate");
        }

        @Test
        void aStatementOfAnotherKindOrWithoutItsParts() throws IOException {
            assertStated(
                    statement -> statement.put("predicateType", "https://slsa.dev/provenance/v1"),
                    State.UNSUPPORTED,
                    "predicateType: expected https://model_signing/signature/v1.0, found"
                            + " https://slsa.dev/provenance/v1");
            assertStated(
                    statement -> statement.put("_type", "other"),
                    State.UNSUPPORTED,
                    "_type: expected https://in-toto.io");
            assertStated(statement -> statement.putArray("subject"), State.UNREADABLE, "subject: expected 1, found 0");
            assertStated(
                    statement -> statement.withObject("/predicate").putArray("resources"),
                    State.UNREADABLE,
                    "resources: expected files, found none");
            assertStated(
                    statement -> serialization(statement).put("method", "other"),
                    State.UNSUPPORTED,
                    "serialization.method: expected files or shards, found other");
            assertStated(
                    statement ->
                            serialization(statement).put("method", "shards").put("shard_size", 0),
                    State.UNREADABLE,
                    "shard_size: expected a positive number, found 0");
            assertStated(
                    statement ->
                            serialization(statement).put("method", "shards").put("shard_size", 9),
                    State.UNREADABLE,
                    "name: expected path:start:end, found config.json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../config.json", "/etc/passwd", "a//b", "C:\\\\config", "a\nb"})
        void aPathThatLeadsOutOfTheModel(String path) throws IOException {
            assertThat(check(signer().file(path, "x").signed())).satisfies(check -> {
                assertThat(check.state()).isEqualTo(State.UNREADABLE);
                assertThat(check.message())
                        .contains("name: expected a path within the model")
                        .doesNotContain("\n");
            });
        }

        @Test
        void aFileThatIsListedTwiceOrWithDigestsThatAreNone() throws IOException {
            assertThat(check(signer().file("config.json", CONFIG).signed()).message())
                    .isEqualTo("model.sig: predicate.resources.name: expected each once, found config.json again");
            assertThat(check(signer().listing("x", "abc").signed()).message())
                    .contains("digest: expected lower-case hexadecimal digits of sha256, found abc");
            assertThat(check(signer().hashedWith("blake3").signed()).message())
                    .contains("algorithm: expected blake3, found sha256");
        }

        @ParameterizedTest
        @CsvSource({"1, 5", "0, 5", "4, 4", "4, 10"})
        void partsThatDoNotCoverAFile(long start, long end) throws IOException {
            byte[] signature = new ModelSigner()
                    .parts("config.json", "0123", 4)
                    .listing("config.json:" + start + ":" + end, "ab".repeat(32))
                    .signed();

            assertThat(check(signature).state()).isEqualTo(State.UNREADABLE);
        }

        private static ObjectNode serialization(ObjectNode statement) {
            return statement.withObject("/predicate/serialization");
        }

        private static void assertStated(Consumer<ObjectNode> change, State state, String problem) throws IOException {
            assertProblem(signer().signed(change), state, problem);
        }

        private static void assertChanged(Consumer<ObjectNode> change, State state, String problem) throws IOException {
            assertProblem(ModelSigner.changed(signer().signed(), change), state, problem);
        }

        private static void assertProblem(byte[] signature, State state, String problem) throws IOException {
            SignatureCheck check = check(signature);
            assertThat(check.message()).startsWith("model.sig: ").contains(problem);
            assertThat(check.state()).isEqualTo(state);
        }
    }
}
