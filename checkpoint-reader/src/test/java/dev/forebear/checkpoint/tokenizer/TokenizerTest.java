package dev.forebear.checkpoint.tokenizer;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.tokenizer.Tokenizer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    /** As Llama 2 writes it: BPE over space marks, with bytes for what has no token. */
    private static final String LLAMA = """
        {'model':{'type':'BPE','unk_token':'<unk>','byte_fallback':true,'fuse_unk':true,
          'vocab':{'<unk>':0,'<s>':1,'<0x41>':2,'<0xC3>':3,'<0xA9>':4,'▁':5,'t':6,'h':7,'e':8,'▁t':9,'he':10,
                   '▁the':11,'the':12},
          'merges':['▁ t','h e','▁t he','t he']},
         'normalizer':{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'▁'},
          {'type':'Replace','pattern':{'String':' '},'content':'▁'}]},
         'added_tokens':[{'id':0,'content':'<unk>','special':true},{'id':1,'content':'<s>','special':true}]}\
        """;

    private static final String T5 = """
        {'model':{'type':'Unigram','unk_id':2,
          'vocab':[['<pad>',0],['</s>',0],['<unk>',0],['▁',-2.5],['t',-5],['h',-5],['e',-4],['▁the',-3.0],
                   ['the',-6],['▁t',-4],['he',-4.5]]},
         'pre_tokenizer':{'type':'Metaspace','replacement':'▁','add_prefix_space':true},
         'added_tokens':[{'id':0,'content':'<pad>','special':true},{'id':1,'content':'</s>','special':true},
          {'id':2,'content':'<unk>','special':true}]}\
        """;

    private static final String BERT = """
        {'model':{'type':'WordPiece','unk_token':'[UNK]','continuing_subword_prefix':'##',
          'vocab':{'[PAD]':0,'[UNK]':1,'the':2,'##re':3,'##s':4,'a':5,'.':6,'e':7}},
         'normalizer':{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,'lowercase':true},
         'pre_tokenizer':{'type':'BertPreTokenizer'},
         'added_tokens':[{'id':0,'content':'[PAD]','special':true},{'id':1,'content':'[UNK]','special':true}]}\
        """;

    @ParameterizedTest
    @CsvSource({"the, 11", "the the, 11 11", "é, 5 3 4", "t, 9", "the<s>the, 11 1 11", "x, 5 0", "xx, 5 0"})
    void encodesWithSpaceMarksAndBytes(String text, String ids) throws IOException {
        assertThat(read(LLAMA).encode(text)).containsExactly(numbers(ids));
    }

    @ParameterizedTest
    @CsvSource({"the, 7", "he, 3 10", "the he, 7 3 10", "t, 9", "xyt, 3 2 4"})
    void encodesTheLikeliestPieces(String text, String ids) throws IOException {
        Tokenizer tokenizer = read(T5);
        assertThat(tokenizer.kind()).isEqualTo(Kind.UNIGRAM);
        assertThat(tokenizer.encode(text)).containsExactly(numbers(ids));
    }

    @ParameterizedTest
    @CsvSource({"The, 2", "there, 2 3", "thes. a, 2 4 6 5", "thx, 1", "é, 7", "[PAD], 0"})
    void encodesLongestPieces(String text, String ids) throws IOException {
        Tokenizer tokenizer = read(BERT);
        assertThat(tokenizer.kind()).isEqualTo(Kind.WORD_PIECE);
        assertThat(tokenizer.encode(text)).containsExactly(numbers(ids));
    }

    @Test
    void writesEqualTokensOfAllKindsAlike() throws IOException {
        assertThat(keys(LLAMA))
                .containsEntry(11, " the")
                .containsEntry(12, "the")
                .containsEntry(2, "A");
        assertThat(keys(T5)).containsEntry(7, " the").containsEntry(8, "the");
        assertThat(keys(BERT)).containsEntry(2, " the").containsEntry(3, "re");
        assertThat(keys(byteLevel("'Ġthe':0,'the':1,'Ċ':2")))
                .containsEntry(0, " the")
                .containsEntry(2, "\n");
    }

    @Test
    void keepsByteTokensAndDropsSpecialOnesByTheirFlag() throws IOException {
        assertThat(read(LLAMA).tokens())
                .extracting(Token::id)
                .doesNotContain(0, 1)
                .contains(2, 3, 4);
        assertThat(read(LLAMA).specialIds()).containsExactlyInAnyOrder(0, 1);
        String unflagged = LLAMA.replace("'<s>','special':true", "'<s>','special':false");
        assertThat(read(unflagged).tokens()).extracting(Token::id).contains(1);
    }

    @Test
    void dropsTokensThatTheConfigurationFlags() throws IOException {
        Tokenizer tokenizer = read(byteLevel("'a':0,'b':1"), """
            {'added_tokens_decoder':{'1':{'content':'b','special':true},'x':{'special':true}}}\
            """);
        assertThat(tokenizer.tokens()).extracting(Token::id).containsExactly(0);
    }

    @Test
    void keepsLowestIdOfEqualTokens() throws IOException {
        assertThat(keys("""
            {'model':{'type':'BPE','vocab':{'A':9,'<0x41>':3},'merges':[]}}\
            """)).containsExactly(Map.entry(3, "A"));
    }

    @Test
    void readsSpecialTokensOfTheConfiguration() throws IOException {
        Tokenizer tokenizer = read(LLAMA, """
            {'tokenizer_class':'LlamaTokenizer','bos_token':{'content':'<s>'},'eos_token':'the','pad_token':null,
             'unk_token':'<unk>','mask_token':'absent'}\
            """);
        assertThat(tokenizer.tokenizerClass()).isEqualTo("LlamaTokenizer");
        assertThat(tokenizer.bosTokenId()).isEqualTo(1);
        assertThat(tokenizer.eosTokenId()).isEqualTo(12);
        assertThat(tokenizer.padTokenId()).isNull();
        assertThat(tokenizer.unkTokenId()).isZero();
        assertThat(tokenizer.maskTokenId()).isNull();
    }

    @Test
    void readsMergesInBothSpellings() throws IOException {
        String json = "{'model':{'type':'BPE','vocab':{'a b':0,'a':1,' b':2},'merges':[['a',' b'],'a a']}}";
        Tokenizer tokenizer = read(json);
        assertThat(tokenizer.merges()).containsExactly("a  b", "a a");
    }

    @Test
    void readsKindOfEarlyFilesFromTheirFields() throws IOException {
        assertThat(read("{'model':{'vocab':{'a':0},'merges':['a a']}}").kind()).isEqualTo(Kind.BPE);
        assertThat(read("{'model':{'vocab':[['a',0]]}}").kind()).isEqualTo(Kind.UNIGRAM);
        assertThat(read("{'model':{'vocab':{'a':0}}}").kind()).isEqualTo(Kind.WORD_PIECE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'ByteLevel','add_prefix_space':true} | ab | Ġab",
                "{'type':'ByteLevel','add_prefix_space':false} | it's 12 | it/'s/Ġ12",
                "{'type':'Digits','individual_digits':true} | a12 | a/1/2",
                "{'type':'Digits','individual_digits':false} | a12 | a/12",
                "{'type':'Punctuation'} | a,b | a/,/b",
                "{'type':'Whitespace'} | a b! | a/b/!",
                "{'type':'WhitespaceSplit'} | a b! | a/b!",
                "{'type':'Metaspace','prepend_scheme':'never'} | a b | a/▁b",
                "{'type':'Metaspace','prepend_scheme':'first','split':false} | a b | ▁a▁b",
                "{'type':'Split','pattern':{'String':' '},'behavior':'Removed'} | a b | a/b",
                "{'type':'Split','pattern':{'String':'-'},'behavior':'MergedWithPrevious'} | a-b | a-/b",
                "{'type':'Split','pattern':{'String':'-'},'behavior':'MergedWithNext'} | a-b | a/-b",
                "{'type':'Split','pattern':{'Regex':'-'},'behavior':'Contiguous'} | a--b | a/--/b",
                "{'type':'Split','pattern':{'Regex':'[0-9]{1,3}'},'behavior':'Isolated'} | 12345 | 123/45",
                "{'type':'Split','pattern':{'Regex':'[a-z]+'},'behavior':'Removed','invert':true} | ab,c | ab/c",
                "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},{'type':'Punctuation'}]} | a b! |"
                        + " a/b/!",
                "{'type':'NotKnown'} | a b | a b"
            })
    void splitsWordsAsTheFileSays(String preTokenizer, String text, String words) throws IOException {
        assertThat(PreTokenizer.of(json(preTokenizer)).split(List.of(text))).containsExactly(words.split("/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'Lowercase'} | ÄB | äb",
                "{'type':'NFKC'} | ﬁ① | fi1",
                "{'type':'StripAccents'} | é | e",
                "{'type':'Strip'} | ' a ' | a",
                "{'type':'Prepend','prepend':'▁'} | a | ▁a",
                "{'type':'Replace','pattern':{'Regex':'[0-9]+'},'content':'$1'} | a12b | a$1b",
                "{'type':'BertNormalizer','lowercase':true} | É中 | 'e 中 '",
                "{'type':'BertNormalizer','lowercase':false,'handle_chinese_chars':false} | É中 | É中",
                "{'type':'Precompiled','precompiled_charsmap':'AAAA'} | 'a  b' | a b",
                "{'type':'NotKnown'} | a | a"
            })
    void normalisesAsTheFileSays(String normaliser, String text, String normal) throws IOException {
        assertThat(Normaliser.of(json(normaliser)).normalise(text)).isEqualTo(normal);
    }

    @Test
    void encodesWholeWordsFirstWhereMergesAreIgnored() throws IOException {
        String json = "{'model':{'type':'BPE','ignore_merges':true,'vocab':{'a':0,'b':1,'ab':2},'merges':[]}}";
        assertThat(read(json).encode("ab")).containsExactly(2);
        assertThat(read(json.replace("true", "false")).encode("ab")).containsExactly(0, 1);
    }

    @Test
    void findsAddedWordsOnlyBetweenWords() throws IOException {
        String json = "{'model':{'type':'BPE','vocab':{'a':0,'b':1},'merges':[]},"
                + "'added_tokens':[{'id':7,'content':'ab','single_word':true}]}";
        assertThat(read(json).encode("ab")).containsExactly(7);
        assertThat(read(json).encode("aab")).containsExactly(0, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{'model':[]}",
                "{'model':{'type':'BPE','vocab':{'a':-1}}}",
                "{'model':{'type':'BPE','vocab':{'a':'x'}}}",
                "{'model':{'type':'BPE','vocab':{'a':99999999999}}}",
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':['aa']}}",
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':[['a']]}}",
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':[1]}}",
                "{'model':{'type':'Unigram','vocab':[['a']]}}",
                "{'model':{'type':'Unigram','vocab':[['a','x']]}}",
                "{'model':{'type':'BPE','vocab':{}},'added_tokens':[{'content':'a'}]}",
                "{'model':{'type':'BPE','vocab':{}}} {}"
            })
    void rejectsFileThatIsNoTokenizer(String json) {
        assertRefused(() -> read(json), Reason.MALFORMED, "tokenizer.json: ");
    }

    @Test
    void namesModelThatItDoesNotRead() {
        assertRefused(
                () -> read("{'model':{'type':'WordLevel','vocab':{'a':0}}}"),
                Reason.UNSUPPORTED,
                "model.type: expected BPE, Unigram or WordPiece, found WordLevel");
    }

    @Test
    void refusesMoreEntriesThanAnyVocabularyHas() {
        var json = new StringBuilder("{'model':{'type':'BPE','vocab':{'a':0},'merges':['a a'");
        json.append(",'a a'".repeat(2_000_000));
        assertRefused(() -> read(json + "]}}"), Reason.REFUSED, "model.merges: expected at most 2000000 entries");
    }

    @Test
    void isAbsentWithoutAFile() throws IOException {
        assertThat(Tokenizer.read(new MemoryStorage())).isNull();
    }

    @Test
    void refusesToEncodeLongTexts() throws IOException {
        Tokenizer tokenizer = read(LLAMA);
        assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.encode("a".repeat(1_001)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*b", "(.*.*)*x", "(", "(?<n", "\\\\"})
    @Timeout(20)
    void survivesHostilePatterns(String regex) throws IOException {
        String json = """
            {'model':{'type':'BPE','vocab':{'a':0},'merges':[]},
             'pre_tokenizer':{'type':'Split','pattern':{'Regex':'%s'},'behavior':'Isolated'}}\
            """.formatted(regex);
        assertThat(read(json).encode("a".repeat(1_000))).hasSize(1_000);
    }

    @Test
    void survivesPatternsTooDeepToCompile() throws IOException {
        String json = """
            {'model':{'type':'BPE','vocab':{'a':0},'merges':[]},
             'pre_tokenizer':{'type':'Split','pattern':{'Regex':'%s'},'behavior':'Isolated'}}\
            """.formatted("(".repeat(100_000) + "a" + ")".repeat(100_000));
        assertThat(read(json).encode("aa")).containsExactly(0, 0);
    }

    @Test
    void survivesNormalisersThatMultiplyTheText() throws IOException {
        String step = "{'type':'Replace','pattern':{'String':'a'},'content':'aaaaaaaaaa'}";
        String json =
                "{'model':{'type':'BPE','vocab':{'a':0},'merges':[]},'normalizer':{'type':'Sequence','normalizers':["
                        + step + ("," + step).repeat(100) + "]}}";
        assertThat(read(json).encode("a")).hasSize(1_000);
    }

    @Test
    @Timeout(20)
    void survivesSplittersThatMultiplyTheText() throws IOException {
        String json = "{'model':{'type':'BPE','vocab':{'Ã':0},'merges':[]},"
                + "'pre_tokenizer':{'type':'Sequence','pretokenizers':["
                + "{'type':'ByteLevel','use_regex':false}"
                + ",{'type':'ByteLevel','use_regex':false}".repeat(100) + "]}}";
        assertThat(read(json).encode("é".repeat(500))).isNotEmpty();
    }

    @Test
    void survivesRandomDamage() throws IOException {
        byte[] file = Files.readAllBytes(Zoo.FOLDER.resolve("base-a/tokenizer.json"));
        var random = new Random(3);
        int read = 0;
        for (int round = 0; round < 200; round++) {
            byte[] damaged = file.clone();
            for (int flips = 0; flips < 1 + round % 3; flips++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                Tokenizer.read(new MemoryStorage().with("tokenizer.json", damaged))
                        .encode("the file");
                read++;
            } catch (CheckpointException expected) {
                assertThat(expected.reason()).isIn(Reason.MALFORMED, Reason.UNSUPPORTED);
            }
        }
        assertThat(read).isBetween(20, 180);
    }

    private static String byteLevel(String vocabulary) {
        return "{'model':{'type':'BPE','vocab':{" + vocabulary + "},'merges':[]},'decoder':{'type':'ByteLevel'}}";
    }

    private static Tokenizer read(String json) throws IOException {
        return read(json, "{}");
    }

    private static Tokenizer read(String json, String config) throws IOException {
        return Tokenizer.read(new MemoryStorage()
                .with("tokenizer.json", json.replace('\'', '"'))
                .with("tokenizer_config.json", config.replace('\'', '"')));
    }

    private static Map<Integer, String> keys(String json) throws IOException {
        var keys = new TreeMap<Integer, String>();
        for (Token token : read(json).tokens()) {
            keys.put(token.id(), new String(HexFormat.of().parseHex(token.key()), StandardCharsets.UTF_8));
        }
        return keys;
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private static int[] numbers(String ids) {
        return Arrays.stream(ids.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
