package dev.forebear.checkpoint.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.tokenizer.Tokenizer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokenizers of the zoo against the anchor ids of the reference program. */
class ZooTokenizerTest {

    private static final String ANCHORS = "0 1 2 3 4 5 6 7 8 9 . , ! ? : ; "
            + "the of and to in is that for it was on are with as be at ing tion er al ed es re en";

    private static JsonNode golden;

    @BeforeAll
    static void readGolden() throws IOException {
        golden = new JsonMapper()
                .readTree(Zoo.FOLDER.resolve("golden/features.json").toFile());
    }

    static Stream<String> modelsWithAnchors() {
        return golden.properties().stream()
                .filter(model -> model.getValue().path("anchor_ids").isArray())
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("modelsWithAnchors")
    void encodesAnchorsAsTheReferenceDoes(String model) throws IOException {
        Set<Integer> firstIds = new LinkedHashSet<>();
        Tokenizer tokenizer = read(model);
        for (String anchor : ANCHORS.split(" ")) {
            firstIds.add(tokenizer.encode(anchor)[0]);
        }
        List<Integer> expected = golden.path(model)
                .path("anchor_ids")
                .valueStream()
                .limit(firstIds.size())
                .map(JsonNode::intValue)
                .toList();
        assertThat(firstIds).containsExactlyElementsOf(expected);
    }

    @Test
    void readsByteLevelTokensAsBytes() throws IOException {
        Tokenizer tokenizer = read("base-a");
        assertThat(tokenizer.kind()).isEqualTo(Kind.BPE);
        assertThat(tokenizer.size()).isEqualTo(1024);
        assertThat(tokenizer.merges().getFirst()).isEqualTo("Ġ t");
        assertThat(tokenizer.tokens())
                .contains(Token.of(tokenizer.vocabulary().get("Ġthe"), " the".getBytes(StandardCharsets.UTF_8)))
                .extracting(Token::id)
                .isSorted()
                .doesNotContain(0, 1);
        assertThat(tokenizer.specialIds()).containsExactlyInAnyOrder(0, 1);
        assertThat(tokenizer.bosTokenId()).isZero();
        assertThat(tokenizer.padTokenId()).isEqualTo(1);
        assertThat(tokenizer.unkTokenId()).isNull();
        assertThat(tokenizer.tokenizerClass()).isEqualTo("PreTrainedTokenizerFast");
    }

    @Test
    void keepsAddedTokensThatAreNotFlaggedAsSpecial() throws IOException {
        Tokenizer tokenizer = read("base-a-vocab-ext");
        assertThat(tokenizer.size()).isEqualTo(1088);
        assertThat(tokenizer.tokens()).contains(Token.of(1024, "<|im_start|>".getBytes(StandardCharsets.UTF_8)));
        assertThat(tokenizer.encode("Response")).containsExactly(1026);
    }

    @Test
    void encodesSeveralWords() throws IOException {
        Tokenizer tokenizer = read("base-a");
        var decoded = new StringBuilder();
        for (int id : tokenizer.encode("the file's name, 42 times")) {
            tokenizer.vocabulary().entrySet().stream()
                    .filter(entry -> entry.getValue() == id)
                    .forEach(entry ->
                            decoded.append(new String(ByteAlphabet.read(entry.getKey()), StandardCharsets.UTF_8)));
        }
        assertThat(decoded).hasToString("the file's name, 42 times");
    }

    private static Tokenizer read(String model) throws IOException {
        try (var storage = new FolderStorage(Zoo.FOLDER.resolve(model))) {
            return Tokenizer.read(storage);
        }
    }
}
