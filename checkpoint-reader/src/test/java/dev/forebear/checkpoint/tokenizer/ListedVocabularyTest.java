package dev.forebear.checkpoint.tokenizer;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.tokenizer.Tokenizer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedVocabularyTest {

    @Test
    void readsSentencePiece() throws IOException {
        Tokenizer tokenizer = listed(
                        "llama",
                        List.of("<unk>", "<s>", "<0x41>", "\u2581the", "ing", "[PAD]", "<tool>"),
                        new int[] {2, 3, 6, 1, 1, 5, 4})
                .tokenizer();
        assertThat(tokenizer.kind()).isEqualTo(Kind.UNIGRAM);
        assertThat(texts(tokenizer)).containsExactly("A", " the", "ing", "<tool>");
        assertThat(tokenizer.specialIds()).containsExactlyInAnyOrder(0, 1);
        assertThat(tokenizer.vocabulary()).doesNotContainKey("[PAD]").containsEntry("<s>", 1);
        assertThat(tokenizer.encode("the")).containsExactly(3);
    }

    @Test
    void readsWordPieceAsItWasBeforeConversion() throws IOException {
        Tokenizer tokenizer = listed("bert", List.of("[UNK]", "\u2581the", "ing"), new int[] {3, 1, 1})
                .tokenizer();
        assertThat(tokenizer.kind()).isEqualTo(Kind.WORD_PIECE);
        assertThat(texts(tokenizer)).containsExactly(" the", "ing");
        assertThat(tokenizer.encode("theing")).containsExactly(1, 2);
    }

    @Test
    void keepsSpacesOfMergesThatBeginWithOne() throws IOException {
        var vocabulary = new ListedVocabulary(
                "x.gguf",
                "gpt2",
                List.of("a"),
                new int[0],
                new double[0],
                List.of("a b", "  c"),
                null,
                null,
                null,
                null);
        assertThat(vocabulary.tokenizer().merges()).containsExactly("a b", "  c");
    }

    @Test
    void rejectsTypesThatAreNotOneEach() {
        assertRefused(
                () -> listed("gpt2", List.of("a", "b"), new int[] {1}).tokenizer(),
                Reason.MALFORMED,
                "x.gguf: tokenizer.ggml.token_type: expected one for each of 2 tokens, found 1");
    }

    @Test
    void rejectsScoresThatAreNotOneEach() {
        var vocabulary = new ListedVocabulary(
                "x.gguf", "llama", List.of("a"), new int[0], new double[2], List.of(), null, null, null, null);
        assertRefused(vocabulary::tokenizer, Reason.MALFORMED, "tokenizer.ggml.scores: expected one for each");
    }

    @Test
    void rejectsMergeOfOneToken() {
        var vocabulary = new ListedVocabulary(
                "x.gguf", "gpt2", List.of("a"), new int[0], new double[0], List.of("ab"), null, null, null, null);
        assertRefused(vocabulary::tokenizer, Reason.MALFORMED, "expected two tokens, found \"ab\"");
    }

    @Test
    void namesModelThatItDoesNotRead() {
        assertRefused(
                () -> listed("rwkv", List.of("a"), new int[0]).tokenizer(),
                Reason.UNSUPPORTED,
                "tokenizer.ggml.model: expected gpt2, llama, t5 or bert, found rwkv");
    }

    @Test
    void takesIdsOutsideTheVocabularyForNone() throws IOException {
        var vocabulary = new ListedVocabulary(
                "x.gguf", "gpt2", List.of("a"), new int[0], new double[0], List.of(), 7, -1, null, null);
        assertThat(vocabulary.tokenizer().bosTokenId()).isNull();
        assertThat(vocabulary.tokenizer().eosTokenId()).isNull();
    }

    private static ListedVocabulary listed(String model, List<String> tokens, int[] types) {
        return new ListedVocabulary("x.gguf", model, tokens, types, new double[0], List.of(), null, null, null, 0);
    }

    private static List<String> texts(Tokenizer tokenizer) {
        return tokenizer.tokens().stream()
                .map(token -> new String(HexFormat.of().parseHex(token.key()), StandardCharsets.UTF_8))
                .toList();
    }
}
