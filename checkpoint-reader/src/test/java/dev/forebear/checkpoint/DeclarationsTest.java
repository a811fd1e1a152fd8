package dev.forebear.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.declaration.Declaration;
import dev.forebear.checkpoint.declaration.Source;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the model card and of an adapter's configuration, and what holds for all sources. */
class DeclarationsTest {

    @Test
    void readsScalarsListsAndCarriageReturns() throws IOException {
        byte[] card = resource("README.front-matter.single.md");
        assertThat(card).contains('\r');
        assertThat(read(card)).isEqualTo(declared("apache-2.0", inCard("quarry-ai/basalt-7b", null)));
    }

    @Test
    void readsSeveralBasesAndTheirRelation() throws IOException {
        assertThat(read(resource("README.front-matter.variants.md")))
                .isEqualTo(declared(
                        "other", inCard("quarry-ai/basalt-7b", "merge"), inCard("lumen-labs/ember-7b", "merge")));
    }

    @Test
    void readsBaseOfAnAdapter() throws IOException {
        var storage = new MemoryStorage().with("adapter_config.json", resource("adapter_config.json"));
        assertThat(Declarations.read(storage))
                .isEqualTo(declared(null, Declaration.stated(Source.ADAPTER_CONFIG, "quarry-ai/basalt-7b", "adapter")));
    }

    @ParameterizedTest
    @CsvSource({
        "/data/models/llama",
        "./out",
        "../base",
        "~/base",
        "C:\\\\models\\\\base",
        "C:/models/base",
        "file:///base",
        "models\\\\base",
        "$HOME/base",
        "out/checkpoint-500",
        "models/base.gguf"
    })
    void doesNotTakeLocalPathForADeclaration(String base) throws IOException {
        var storage = new MemoryStorage()
                .with("adapter_config.json", "{\"base_model_name_or_path\":\"" + base + "\"}")
                .with("README.md", "---\nbase_model: \"" + base + "\"\n---\n");
        Declarations declarations = Declarations.read(storage);
        assertThat(declarations.bases()).isEmpty();
        assertThat(declarations.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding).contains("found a local path"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"base_model_name_or_path\":null}", "{\"base_model_name_or_path\":\"\"}"})
    void readsAdapterThatDeclaresNothing(String config) throws IOException {
        assertThat(Declarations.read(new MemoryStorage().with("adapter_config.json", config)))
                .isEqualTo(Declarations.NONE);
    }

    @Test
    void findsAdapterConfigurationThatIsNoJson() throws IOException {
        assertThat(Declarations.read(new MemoryStorage().with("adapter_config.json", "{"))
                        .findings())
                .singleElement()
                .asString()
                .startsWith("adapter_config.json: expected JSON");
    }

    @Test
    void declaresNothingWithoutFiles() throws IOException {
        assertThat(Declarations.read(new MemoryStorage())).isEqualTo(Declarations.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# Title", "text\n---\nbase_model: a/b\n---\n", "----\nbase_model: a/b\n---\n"})
    void findsNoCardWithoutFrontMatter(String readme) throws IOException {
        assertThat(read(readme.getBytes())).isEqualTo(Declarations.NONE);
    }

    @Test
    void toleratesByteOrderMarkAndSpaceAfterTheFence() throws IOException {
        assertThat(read("\ufeff---  \r\nbase_model: a/b\r\n--- \r\nbase_model: c/d".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(declared(null, inCard("a/b", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"---\n---\n", "---\n# only a comment\n---\n", "---\ntags: [x]\nbase_model:\n---\n"})
    void readsCardThatDeclaresNothing(String readme) throws IOException {
        assertThat(read(readme.getBytes())).isEqualTo(Declarations.NONE);
    }

    @Test
    void leavesOutWhatIsNoName() throws IOException {
        Declarations declarations = read("""
            ---
            base_model: [a/b, 7, {x: y}, "line\\nbreak"]
            license: [mit, apache-2.0]
            ---
            """.getBytes());
        assertThat(declarations.bases()).containsExactly(inCard("a/b", null));
        assertThat(declarations.licence()).isEqualTo("mit, apache-2.0");
        assertThat(declarations.findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding).startsWith("README.md: base_model: expected"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_model: a/b", // no end
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nbase_model: *c\n---",
                "base_model: &x a/b\nlicense: *x\n---",
                "base_model: !!python/object/apply:os.system [id]\n---",
                "base_model: !!javax.script.ScriptEngineManager [x]\n---",
                "base_model: a/b\nbase_model: c/d\n---",
                "base_model: [a/b\n---",
                "\tbase_model: a/b\n---",
                "- a\n- b\n---",
                "just text\n---",
                "base_model: \u0000\n---",
                "a: 1\n<<: *missing\n---"
            })
    void findsHostileOrBrokenYamlAndTakesNothingFromIt(String yaml) throws IOException {
        Declarations declarations = read(("---\n" + yaml).getBytes());
        assertThat(declarations.bases()).isEmpty();
        assertThat(declarations.findings()).singleElement().asString().startsWith("README.md: front matter: expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "!!map {a: "})
    void survivesDeepNesting(String opening) throws IOException {
        Declarations declarations = read(("---\na: " + opening.repeat(20_000) + "\n---\n").getBytes());
        assertThat(declarations.bases()).isEmpty();
        assertThat(declarations.findings()).hasSize(1);
    }

    @Test
    void readsFrontMatterOfAHugeFileOnly() throws IOException {
        assertThat(read(("---\nbase_model: a/b\n---\n" + "x".repeat(5_000_000)).getBytes())
                        .bases())
                .hasSize(1);
        assertThat(read(("---\nnote: " + "x".repeat(5_000_000) + "\n---\n").getBytes())
                        .findings())
                .singleElement()
                .asString()
                .contains("expected a closing ---");
    }

    @Test
    void cannotBeFilledByOneFile() throws IOException {
        var names = new StringBuilder("---\nbase_model:\n");
        for (int name = 0; name < 10_000; name++) {
            names.append("- a/b").append(name).append('\n');
        }
        Declarations declarations = read(names.append("---\n").toString().getBytes());
        assertThat(declarations.bases()).hasSize(256);
        assertThat(declarations.findings()).hasSize(100);
    }

    @Test
    void survivesRandomDamage() throws IOException {
        byte[] card = resource("README.front-matter.variants.md");
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = card.clone();
            for (int flips = 0; flips < 5; flips++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Declarations declarations = read(damaged);
            assertThat(declarations.findings())
                    .allSatisfy(finding -> assertThat(finding).doesNotContain("\n"));
        }
    }

    @Test
    void readsDeclaredBaseOfAnAdapterWhoseWeightsAreNotAnalysable() throws IOException {
        try (var storage = new FolderStorage(Zoo.FOLDER.resolve("base-a-lora-adapter"))) {
            assertThat(Declarations.read(storage).bases())
                    .extracting(Declaration::source)
                    .containsExactly(Source.MODEL_CARD, Source.ADAPTER_CONFIG);
            assertThat(Declarations.read(storage).statedNames()).containsExactly("zoo/base-a");
        }
    }

    @Test
    void readsTheClaimThatThereIsNoBase() throws IOException {
        assertThat(read("---\ntags: [text-generation, trained-from-scratch]\n---\n".getBytes(StandardCharsets.UTF_8))
                        .bases())
                .containsExactly(inCard("from scratch", "from-scratch"));
        assertThat(read("---\ntags: [scratchpad]\n---\ntrained from scratch".getBytes(StandardCharsets.UTF_8))
                        .bases())
                .isEmpty();
    }

    private static Declaration inCard(String name, @Nullable String relation) {
        return Declaration.stated(Source.MODEL_CARD, name, relation);
    }

    private static Declarations declared(@Nullable String licence, Declaration... bases) {
        return new Declarations(List.of(bases), licence, List.of());
    }

    private static Declarations read(byte[] readme) throws IOException {
        return Declarations.read(new MemoryStorage().with("README.md", readme));
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = DeclarationsTest.class.getResourceAsStream("/lineage/" + name)) {
            return stream.readAllBytes();
        }
    }
}
