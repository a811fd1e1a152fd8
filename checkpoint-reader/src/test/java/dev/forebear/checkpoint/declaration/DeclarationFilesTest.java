package dev.forebear.checkpoint.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of every file that declares ancestry but the model card and adapters. */
class DeclarationFilesTest {

    private static final String DIGEST = "5ac6747bd1c9737034e95923613f7204fa1f80fcf5f759b1263a5b7d71581939";

    private static final String MERGE = """
        merge_method: slerp
        base_model: quarry-ai/basalt-7b
        models:
          - model: quarry-ai/basalt-7b
          - model: lumen-labs/ember-7b+lumen-labs/ember-lora
            parameters: {weight: 0.5}
          - model: {model: {path: flint-ai/shale-7b, revision: main}}
        slices:
          - sources:
              - {model: orbit/comet-7b, layer_range: [0, 16]}
        """;

    private static final String SPDX = """
        {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
          {"type": "SpdxDocument", "spdxId": "doc", "rootElement": ["helios"]},
          {"type": "ai_AIPackage", "spdxId": "helios", "name": "helios-7b"},
          {"type": "ai_AIPackage", "spdxId": "basalt", "name": "basalt", "software_packageUrl":
            "pkg:huggingface/quarry-ai/basalt-7b@main",
            "verifiedUsing": [{"type": "Hash", "algorithm": "sha256", "hashValue": "%s"}]},
          {"type": "ai_AIPackage", "spdxId": "ember", "name": "lumen-labs/ember-7b"},
          {"type": "ai_AIPackage", "spdxId": "dust", "name": "quarry-ai/dust-7b"},
          {"type": "Relationship", "from": "basalt", "relationshipType": "ancestorOf", "to": ["helios"]},
          {"type": "Relationship", "from": "helios", "relationshipType": "descendantOf", "to": ["ember"]},
          {"type": "Relationship", "from": "dust", "relationshipType": "ancestorOf", "to": ["basalt"]},
          {"type": "Relationship", "from": "helios", "relationshipType": "trainedOn", "to": ["dust"]}
        ]}
        """.formatted(DIGEST);

    private static final String PROVENANCE = """
        {"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://slsa.dev/provenance/v1",
         "predicate": {"buildDefinition": {"resolvedDependencies": [
           {"uri": "git+https://git.example/train@refs/heads/main", "digest": {"gitCommit": "9f3c"}},
           {"uri": "https://huggingface.co/datasets/lumen-labs/tickets"},
           {"uri": "pkg:huggingface/quarry-ai/basalt-7b@main", "digest": {"sha256": "%s"}}]}}}
        """.formatted(DIGEST).replace("\n", " ");

    @Test
    void readsWhatMergekitMerged() throws IOException {
        assertThat(read("mergekit_config.yml", MERGE))
                .extracting(Declaration::name)
                .containsExactly(
                        "quarry-ai/basalt-7b",
                        "lumen-labs/ember-7b",
                        "lumen-labs/ember-lora",
                        "flint-ai/shale-7b",
                        "orbit/comet-7b");
        assertThat(read("mergekit_config.yml", MERGE)).allMatch(base -> "merge".equals(base.relation()));
    }

    @Test
    void takesWhatConfigurationWasLoadedFromForAHint() throws IOException {
        assertThat(read("config.json", "{\"_name_or_path\": \"quarry-ai/basalt-7b\"}"))
                .containsExactly(new Declaration("quarry-ai/basalt-7b", null, Source.CONFIG, Strength.HINT, null));
    }

    @Test
    void readsModelfile() throws IOException {
        var declared = declared("Modelfile", """
            # comment
            from llama3.2:3b
            ADAPTER quarry-ai/basalt-lora
            SYSTEM ""\"
            FROM somewhere/else
            ""\"
            LICENSE apache-2.0
            """);
        assertThat(declared.bases())
                .containsExactly(
                        Declaration.stated(Source.MODELFILE, "llama3.2:3b", null),
                        Declaration.stated(Source.MODELFILE, "quarry-ai/basalt-lora", "adapter"));
        assertThat(declared.licence()).isEqualTo("apache-2.0");
    }

    @ParameterizedTest
    @CsvSource({"peft_adaptor: peft,STATED,adapter", "source_model_revision: 9f3c,STATED,", "task: x,HINT,"})
    void readsWhatMlflowLoadedTheModelFrom(String field, Strength strength, String relation) throws IOException {
        String file = "flavors:\n  transformers:\n    source_model_name: quarry-ai/basalt-7b\n    " + field + "\n";
        assertThat(read("MLmodel", file))
                .containsExactly(new Declaration("quarry-ai/basalt-7b", relation, Source.MLMODEL, strength, null));
    }

    @Test
    void readsPedigreeOfTheModelInABillOfMaterials() throws IOException {
        byte[] file = resource("cyclonedx-1.6-mlbom.json");
        assertThat(read("helios.cdx.json", file))
                .containsExactly(new Declaration(
                        "pkg:huggingface/quarry-ai/basalt-7b@faadde15d03eed3f8c60b05c9dbe31ae1240aaea",
                        null,
                        Source.CYCLONEDX,
                        Strength.STATED,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.6", "1.7"})
    void readsAncestorsOfTheModelThatABillOfMaterialsIsAbout(String version) throws IOException {
        String file = """
            {"bomFormat": "CycloneDX", "specVersion": "%s", "metadata": {"component": {
              "type": "machine-learning-model", "name": "helios", "pedigree": {"ancestors": [
                {"type": "machine-learning-model", "group": "quarry-ai", "name": "basalt-7b", "version": "main",
                 "hashes": [{"alg": "SHA-256", "content": "%s"}]}]}}},
             "components": [{"type": "machine-learning-model", "name": "other", "pedigree": {"ancestors": [
                {"name": "not/ours"}]}}, {"type": "library", "pedigree": {"ancestors": [{"name": "no/model"}]}}]}
            """.formatted(version, DIGEST);
        assertThat(read("bom.json", file))
                .containsExactly(new Declaration(
                        "quarry-ai/basalt-7b@main", null, Source.CYCLONEDX, Strength.STATED, "sha256:" + DIGEST));
    }

    @Test
    void readsDescentOfTheElementThatAnSpdxDocumentIsAbout() throws IOException {
        assertThat(read("helios.spdx3.json", SPDX))
                .containsExactly(
                        new Declaration(
                                "pkg:huggingface/quarry-ai/basalt-7b@main",
                                null,
                                Source.SPDX,
                                Strength.STATED,
                                "sha256:" + DIGEST),
                        Declaration.stated(Source.SPDX, "lumen-labs/ember-7b", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"provenance.json", "helios.intoto.json", "helios.intoto.jsonl", "helios.sigstore.json"})
    void readsModelsAmongTheDependenciesOfABuildHoweverWrapped(String name) throws IOException {
        String payload = Base64.getEncoder().encodeToString(PROVENANCE.getBytes(StandardCharsets.UTF_8));
        String envelope = "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"" + payload + "\"}";
        var expected = new Declaration(
                "pkg:huggingface/quarry-ai/basalt-7b@main", null, Source.IN_TOTO, Strength.STATED, "sha256:" + DIGEST);
        assertThat(read(name, PROVENANCE)).containsExactly(expected);
        assertThat(read(name, envelope)).containsExactly(expected);
        assertThat(read(name, "{\"dsseEnvelope\":" + envelope + "}")).containsExactly(expected);
    }

    @Test
    void readsBillsOfMaterialsInStatements() throws IOException {
        String bom = "{\"components\":[{\"type\":\"machine-learning-model\",\"pedigree\":{\"ancestors\":"
                + "[{\"name\":\"a/b\"}]}}]}";
        String lines = "{\"predicateType\":\"https://cyclonedx.org/bom\",\"predicate\":" + bom + "}\n"
                + "{\"predicateType\":\"https://spdx.dev/Document/v3\",\"predicate\":" + SPDX.replace("\n", "") + "}\n";
        assertThat(read("helios.intoto.jsonl", lines))
                .extracting(Declaration::name)
                .containsExactly("a/b", "pkg:huggingface/quarry-ai/basalt-7b@main", "lumen-labs/ember-7b");
    }

    @Test
    void takesNoAncestryFromASignatureOverFiles() throws IOException {
        assertThat(read("model.sig", resource("oms-statement.json"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/quarry-ai/basalt:v1", "localhost:5000/basalt", "quarry-ai/basalt:latest"})
    void readsKitThatAKitBuildsOn(String path) throws IOException {
        assertThat(read("Kitfile", "model:\n  path: " + path + "\n  license: mit\n"))
                .containsExactly(Declaration.stated(Source.KITFILE, path, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/base", "./base", "../base", "~/base", "C:/models/base", "base.gguf", "file:///base"})
    void doesNotTakeLocalPathForADeclarationInAnyFile(String path) throws IOException {
        var storage = new MemoryStorage()
                .with("config.json", "{\"_name_or_path\":\"" + path + "\"}")
                .with("mergekit_config.yml", "base_model: '" + path + "'\nmodels: [{model: '" + path + "'}]\n")
                .with("Modelfile", "FROM " + path + "\nADAPTER " + path + "\n")
                .with("MLmodel", "flavors: {transformers: {peft_adaptor: x, source_model_name: '" + path + "'}}")
                .with("Kitfile", "model: {path: '" + path + "'}")
                .with(
                        "bom.json",
                        "{\"bomFormat\":\"CycloneDX\",\"components\":[{\"type\":\"machine-learning-model\","
                                + "\"pedigree\":{\"ancestors\":[{\"name\":\"" + path + "\"}]}}]}")
                .with("x.spdx.json", SPDX.replace("lumen-labs/ember-7b", path).replace("software_packageUrl", "x"))
                .with("provenance.json", PROVENANCE.replace("pkg:huggingface/quarry-ai/basalt-7b@main", path));
        var declared = new Declared();
        DeclarationFiles.read(storage, declared);
        assertThat(declared.bases()).extracting(Declaration::name).containsExactly("basalt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mergekit_config.yml",
                "MLmodel",
                "Kitfile",
                "bom.json",
                "x.spdx.json",
                "provenance.json",
                "x.intoto.jsonl",
                "Modelfile",
                "config.json"
            })
    void survivesDamageDepthAndSize(String name) throws IOException {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = (round % 2 == 0 ? SPDX : MERGE).getBytes(StandardCharsets.UTF_8);
            for (int flips = 0; flips < 5; flips++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            read(name, damaged);
        }
        assertThat(read(name, "{\"a\":".repeat(50_000))).isEmpty();
        assertThat(read(name, new byte[5_000_000])).isEmpty();
    }

    @Test
    void leavesOutFilesInOtherFolders() throws IOException {
        assertThat(read("checkpoint-500/config.json", "{\"_name_or_path\": \"quarry-ai/basalt-7b\"}"))
                .isEmpty();
    }

    private static List<Declaration> read(String name, String content) throws IOException {
        return declared(name, content).bases();
    }

    private static List<Declaration> read(String name, byte[] content) throws IOException {
        var declared = new Declared();
        DeclarationFiles.read(new MemoryStorage().with(name, content), declared);
        return declared.bases();
    }

    private static Declared declared(String name, String content) throws IOException {
        var declared = new Declared();
        DeclarationFiles.read(new MemoryStorage().with(name, content), declared);
        return declared;
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = DeclarationFilesTest.class.getResourceAsStream("/lineage/" + name)) {
            return stream.readAllBytes();
        }
    }
}
