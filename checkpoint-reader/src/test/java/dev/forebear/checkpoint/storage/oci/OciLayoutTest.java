package dev.forebear.checkpoint.storage.oci;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.DeclarationFiles;
import dev.forebear.checkpoint.declaration.Declared;
import dev.forebear.checkpoint.declaration.Source;
import dev.forebear.checkpoint.declaration.Strength;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.tar.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {

    private static final String MODEL_PACK = "application/vnd.cncf.model.";
    private static final String KIT_OPS = "application/vnd.kitops.modelkit.";
    private static final String DOCKER = "application/vnd.docker.ai.";
    private static final String OLLAMA = "application/vnd.ollama.image.";

    @TempDir
    private Path folder;

    @Test
    void namesTheFilesOfModelPack() throws IOException {
        var image = new Image()
                .file(MODEL_PACK + "weight.v1.raw", "model-00001-of-00002.safetensors", new byte[5])
                .with(
                        MODEL_PACK + "weight.v1.tar",
                        new TarBytes()
                                .file("model-00002-of-00002.safetensors", new byte[6])
                                .bytes())
                .file(MODEL_PACK + "weight.config.v1.raw", "config.json", new byte[2])
                .with(MODEL_PACK + "dataset.v1.tar+zstd", new byte[9])
                .file(MODEL_PACK + "doc.v1.raw", "README.md", new byte[3]);
        assertThat(names(image))
                .containsExactly(
                        "README.md",
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors");
    }

    @Test
    void namesTheFilesOfKitOps() throws IOException {
        var image = new Image()
                .with(
                        KIT_OPS + "model.v1.tar",
                        new TarBytes()
                                .folder("helios/")
                                .file("helios/model.safetensors", new byte[5])
                                .bytes())
                .with(
                        KIT_OPS + "modelpart.v1.tar+gzip",
                        gzip(new TarBytes()
                                .file("helios/tokenizer.json", new byte[2])
                                .bytes()))
                .with(
                        KIT_OPS + "docs.v1.tar",
                        new TarBytes().file("docs/README.md", new byte[3]).bytes());
        try (Storage storage = open(image)) {
            assertThat(storage.list())
                    .extracting(StoredFile::name)
                    .containsExactly("README.md", "model.safetensors", "tokenizer.json");
            assertThat(storage.open("README.md").readAll(3)).hasSize(3);
        }
    }

    @Test
    void declaresImageAndKitThatItWasBuiltOn() throws IOException {
        byte[] kitfile = "{\"model\":{\"path\":\"ghcr.io/quarry-ai/basalt:v1\"}}".getBytes();
        var image = new Image()
                .with(DOCKER + "gguf.v3", new byte[5])
                .config(KIT_OPS + "config.v1+json", kitfile)
                .annotated("org.opencontainers.image.base.name", "registry.example/quarry-ai/basalt:v1")
                .annotated("org.opencontainers.image.base.digest", Image.digest(kitfile));
        try (Storage storage = open(image)) {
            var declared = new Declared();
            DeclarationFiles.read(storage, declared);
            assertThat(declared.bases())
                    .containsExactly(
                            Declaration.stated(Source.KITFILE, "ghcr.io/quarry-ai/basalt:v1", null),
                            new Declaration(
                                    "registry.example/quarry-ai/basalt:v1",
                                    null,
                                    Source.OCI_ANNOTATION,
                                    Strength.STATED,
                                    Image.digest(kitfile)));
        }
    }

    @Test
    void takesNoLocalPathFromAnAnnotation() throws IOException {
        var image = new Image()
                .with(DOCKER + "gguf.v3", new byte[5])
                .annotated("org.opencontainers.image.base.name", "./base");
        try (Storage storage = open(image)) {
            var declared = new Declared();
            DeclarationFiles.read(storage, declared);
            assertThat(declared.bases()).isEmpty();
        }
    }

    @Test
    void tellsDigestsOfFilesThatAreLayers() throws IOException {
        var image = new Image()
                .file(MODEL_PACK + "weight.v1.raw", "model-00001-of-00002.safetensors", new byte[5])
                .with(
                        MODEL_PACK + "weight.v1.tar",
                        new TarBytes()
                                .file("model-00002-of-00002.safetensors", new byte[6])
                                .bytes());
        try (Storage storage = open(image)) {
            assertThat(storage.list())
                    .extracting(StoredFile::sha256)
                    .containsExactly(Image.hex(Image.digest(new byte[5])), null);
        }
    }

    @Test
    void namesTheFilesOfDockerModels() throws IOException {
        assertThat(names(new Image()
                        .with(DOCKER + "gguf.v3", new byte[5])
                        .with(DOCKER + "mmproj", new byte[4])
                        .with(DOCKER + "license", new byte[3])
                        .with(DOCKER + "chat.template.jinja", new byte[2])))
                .containsExactly("LICENSE-1", "mmproj-1.gguf", "model.gguf");
    }

    @Test
    void namesTheShardsOfDockerModelsByTheirOrder() throws IOException {
        assertThat(names(new Image()
                        .with(DOCKER + "safetensors", new byte[5])
                        .with(DOCKER + "safetensors", new byte[6])
                        .with(
                                DOCKER + "vllm.config.tar",
                                new TarBytes().file("config.json", new byte[2]).bytes())))
                .containsExactly("config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    }

    @Test
    void namesTheFilesOfOllama() throws IOException {
        assertThat(names(new Image()
                        .with(OLLAMA + "model", new byte[5])
                        .with(OLLAMA + "template", new byte[4])
                        .with(OLLAMA + "params", new byte[3])
                        .with(OLLAMA + "license", new byte[2])))
                .containsExactly("LICENSE-1", "model.gguf");
    }

    @Test
    void readsContainerImagesLaterLayersBeforeEarlierOnes() throws IOException {
        String layer = "application/vnd.oci.image.layer.v1.tar";
        var image = new Image()
                .with(
                        layer + "+gzip",
                        gzip(new TarBytes()
                                .file("models/config.json", new byte[2])
                                .bytes()))
                .with(
                        layer,
                        new TarBytes()
                                .file("models/model.safetensors", new byte[5])
                                .file("models/config.json", new byte[7])
                                .bytes());
        try (Storage storage = open(image)) {
            assertThat(storage.open("config.json").size()).isEqualTo(7);
        }
    }

    @Test
    void readsAFileInATarByRange() throws IOException {
        byte[] content = random(50_000);
        byte[] archive = new TarBytes()
                .file("first.json", new byte[700])
                .file("model.safetensors", content)
                .bytes();
        try (Storage storage = open(new Image().with(MODEL_PACK + "weight.v1.tar", archive))) {
            ByteSource source = storage.open("model.safetensors");
            var target = ByteBuffer.allocate(100);
            source.read(49_900, target);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(content, 49_900, 100));
            assertThat(source.readAll(content.length)).isEqualTo(content);
            assertRefused(
                    () -> source.read(49_901, ByteBuffer.allocate(100)),
                    Reason.MALFORMED,
                    "expected a range within 50000 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar+zstd", "tar+gzip", "raw+gzip"})
    void refusesWeightsThatAreCompressed(String packing) {
        var image = new Image().with(MODEL_PACK + "weight.v1." + packing, random((8 << 20) + 1));
        assertRefused(() -> names(image), Reason.UNSUPPORTED, "publish it as a plain tar");
    }

    @Test
    void refusesAContainerImageWhoseOnlyLayersAreCompressed() {
        var image = new Image().with("application/vnd.oci.image.layer.v1.tar+zstd", new byte[10]);
        assertRefused(() -> names(image), Reason.UNSUPPORTED, "found them compressed: layer sha256:");
    }

    @Test
    void refusesALayerThatUnpacksToFarMoreThanItIs() throws IOException {
        var image = new Image().with(KIT_OPS + "model.v1.tar+gzip", gzip(new byte[(32 << 20) + 1]));
        assertRefused(() -> names(image), Reason.REFUSED, "expected at most 33554432 bytes unpacked in all");
    }

    @Test
    void refusesManyLayersThatUnpackToFarMoreThanTheyAre() throws IOException {
        var image = new Image();
        for (int i = 0; i < 3; i++) {
            byte[] archive = new TarBytes()
                    .file("part-" + i + ".json", new byte[12 << 20])
                    .bytes();
            image.with(KIT_OPS + "docs.v1.tar+gzip", gzip(archive));
        }
        assertRefused(() -> names(image), Reason.REFUSED, "expected at most 33554432 bytes unpacked in all");
    }

    @Test
    void readsHeadersOnlyOfAnArchiveThatIsNotSmall() throws IOException {
        byte[] archive = new TarBytes()
                .file("model.safetensors", new byte[9 << 20])
                .file("config.json", new byte[2])
                .bytes();
        try (Storage storage = open(new Image().with(MODEL_PACK + "weight.v1.tar", archive))) {
            assertThat(storage.list()).extracting(StoredFile::name).containsExactly("config.json", "model.safetensors");
            assertThat(storage.totals().bytes()).isLessThan(100_000);
        }
    }

    @Test
    void holdsASmallArchiveAgainstItsDigest() throws IOException {
        byte[] archive = new TarBytes().file("model.safetensors", new byte[10]).bytes();
        var image = new Image().with(MODEL_PACK + "weight.v1.tar", archive);
        Path blob = image.layout(folder).resolve("blobs/sha256").resolve(Image.hex(Image.digest(archive)));
        archive[512] = 1;
        Files.write(blob, archive);
        try (Storage storage = OciStorage.layout(folder)) {
            assertRefused(storage::list, Reason.CHANGED, "expected the digest");
        }
    }

    @Test
    void refusesALayerThatIsNotPackedAsItSays() {
        var image = new Image().with(KIT_OPS + "model.v1.tar+gzip", new byte[100]);
        assertRefused(() -> names(image), Reason.MALFORMED, "expected a gzip stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.gguf", "/etc/passwd", "a/../../b", "a\\b"})
    void refusesNamesThatLeadOutside(String name) {
        var image = new Image().file(MODEL_PACK + "weight.v1.raw", name, new byte[1]);
        assertRefused(() -> names(image), Reason.REFUSED, "expected a relative file name");
    }

    @Test
    void refusesTwoLayersWithOneFile() {
        var image = new Image()
                .file(MODEL_PACK + "weight.v1.raw", "model.gguf", new byte[1])
                .file(MODEL_PACK + "weight.v1.raw", "model.gguf", new byte[2]);
        assertRefused(() -> names(image), Reason.MALFORMED, "model.gguf: expected it in one layer, found it in two");
    }

    @Test
    void refusesWeightsWithoutAName() {
        var image = new Image().with(MODEL_PACK + "weight.v1.raw", new byte[1]);
        assertRefused(() -> names(image), Reason.MALFORMED, "expected a layer that says its file");
    }

    @Test
    void refusesABlobOfAnotherSizeOrContent() throws IOException {
        var image = new Image().file(MODEL_PACK + "weight.v1.raw", "model.gguf", new byte[10]);
        Path blob = image.layout(folder).resolve("blobs/sha256").resolve(Image.hex(Image.digest(new byte[10])));
        Files.write(blob, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        try (Storage storage = OciStorage.layout(folder)) {
            ByteSource source = storage.open("model.gguf");
            assertRefused(() -> source.readAll(10), Reason.CHANGED, "expected the digest");
        }
        Files.write(blob, new byte[11]);
        try (Storage storage = OciStorage.layout(folder)) {
            assertRefused(storage::list, Reason.MALFORMED, "expected 10 bytes, found 11");
        }
    }

    @Test
    void missesABlob() throws IOException {
        var image = new Image().file(MODEL_PACK + "weight.v1.raw", "model.gguf", new byte[10]);
        Files.delete(image.layout(folder).resolve("blobs/sha256").resolve(Image.hex(Image.digest(new byte[10]))));
        try (Storage storage = OciStorage.layout(folder)) {
            assertRefused(storage::list, Reason.MISSING, "blobs/sha256/");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"manifests\": []}",
                "{\"manifests\": [{\"size\": -1, \"digest\": \"sha256:00\"}]}",
                "{\"manifests\": [{\"size\": 1, \"digest\": \"md5:00\"}]}",
                "{\"manifests\": [{\"size\": 1, \"digest\": \"sha256:../../../etc/passwd\"}]}"
            })
    void refusesAnIndexThatIsNone(String index) throws IOException {
        new Image().layout(folder);
        Files.writeString(folder.resolve("index.json"), index);
        try (Storage storage = OciStorage.layout(folder)) {
            assertRefused(storage::list, Reason.MALFORMED, "expected");
        }
    }

    @Test
    void refusesALayoutOfAnotherVersion() throws IOException {
        new Image().layout(folder);
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"2.0\"}");
        try (Storage storage = OciStorage.layout(folder)) {
            assertRefused(storage::list, Reason.UNSUPPORTED, "expected 1.0.0, found '2.0'");
        }
    }

    private Storage open(Image image) throws IOException {
        return new Locations(StoreAccess.NONE, Locations.Rule.ANY)
                .open(image.layout(folder).toString());
    }

    private List<String> names(Image image) throws IOException {
        try (Storage storage = open(image)) {
            return storage.list().stream().map(StoredFile::name).toList();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(5).nextBytes(content);
        return content;
    }
}
