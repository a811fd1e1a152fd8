package dev.forebear.checkpoint.pickle;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.pickle.PickleValue.Binary;
import dev.forebear.checkpoint.pickle.PickleValue.Call;
import dev.forebear.checkpoint.pickle.PickleValue.Decimal;
import dev.forebear.checkpoint.pickle.PickleValue.Large;
import dev.forebear.checkpoint.pickle.PickleValue.Mapping;
import dev.forebear.checkpoint.pickle.PickleValue.Nothing;
import dev.forebear.checkpoint.pickle.PickleValue.Persistent;
import dev.forebear.checkpoint.pickle.PickleValue.Sequence;
import dev.forebear.checkpoint.pickle.PickleValue.Text;
import dev.forebear.checkpoint.pickle.PickleValue.Truth;
import dev.forebear.checkpoint.pickle.PickleValue.Tuple;
import dev.forebear.checkpoint.pickle.PickleValue.Whole;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles are written here as Latin-1 text, one character for each byte. */
class PickleReaderTest {

    private static final PickleNames NAMES = new PickleNames(
            Set.of("collections.OrderedDict", "builtins.set", "copyreg._reconstructor", "m.make"),
            Set.of("copyreg._reconstructor"),
            Set.of("torch.float32"));

    // Every opcode.

    static Stream<Arguments> atoms() {
        return Stream.of(
                Arguments.of("N.", Nothing.NONE),
                Arguments.of("\u0088.", Truth.TRUE),
                Arguments.of("\u0089.", Truth.FALSE),
                Arguments.of("I01\n.", Truth.TRUE),
                Arguments.of("I00\n.", Truth.FALSE),
                Arguments.of("I-12\n.", new Whole(-12)),
                Arguments.of("J\u00ff\u00ff\u00ff\u00ff.", new Whole(-1)),
                Arguments.of("K\u00ff.", new Whole(255)),
                Arguments.of("M\u0001\u0002.", new Whole(513)),
                Arguments.of("L123L\n.", new Whole(123)),
                Arguments.of("\u008a\u0000.", new Whole(0)),
                Arguments.of("\u008a\u0002\u0000\u00ff.", new Whole(-256)),
                Arguments.of("\u008b\u0001\u0000\u0000\u0000\u0007.", new Whole(7)),
                Arguments.of(
                        "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.",
                        new Large(new BigInteger("1950a86a20f9469cfc6c", 16))),
                Arguments.of("F1.5\n.", new Decimal(1.5)),
                Arguments.of("Finf\n.", new Decimal(Double.POSITIVE_INFINITY)),
                Arguments.of("G?\u00f8\u0000\u0000\u0000\u0000\u0000\u0000.", new Decimal(1.5)),
                Arguments.of("S'a\\'\\x41\\n'\n.", new Text("a'A\n")),
                Arguments.of("T\u0002\u0000\u0000\u0000ab.", new Text("ab")),
                Arguments.of("U\u0002ab.", new Text("ab")),
                Arguments.of("V\\u00e9\\q\n.", new Text("é\\q")),
                Arguments.of("X\u0002\u0000\u0000\u0000\u00c3\u00a9.", new Text("é")),
                Arguments.of("\u008c\u0001a.", new Text("a")),
                Arguments.of("\u008d\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a.", new Text("a")),
                Arguments.of("C\u0002ab.", new Binary(2)),
                Arguments.of("B\u0002\u0000\u0000\u0000ab.", new Binary(2)),
                Arguments.of("\u008e\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000ab.", new Binary(2)),
                Arguments.of("\u0096\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000ab.", new Binary(2)),
                Arguments.of("\u0097\u0098.", new Binary(0)),
                Arguments.of("\u0080\u0005\u0095\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000N.", Nothing.NONE),
                Arguments.of("K\u0001K\u00020.", new Whole(1)),
                Arguments.of("K\u0001(0.", new Whole(1)),
                Arguments.of("K\u0001(NNN1.", new Whole(1)),
                Arguments.of("K\u000120.", new Whole(1)),
                Arguments.of("K\u0001p7\n0g7\n.", new Whole(1)),
                Arguments.of("K\u0001q\u00070h\u0007.", new Whole(1)),
                Arguments.of("K\u0001r\u0007\u0000\u0000\u00000j\u0007\u0000\u0000\u0000.", new Whole(1)),
                Arguments.of("K\u0001\u00940h\u0000.", new Whole(1)),
                Arguments.of("ctorch\nfloat32\n.", new PickleValue.Name("torch", "float32")),
                Arguments.of("U\u0005torchU\u0007float32\u0093.", new PickleValue.Name("torch", "float32")));
    }

    @ParameterizedTest
    @MethodSource("atoms")
    void readsEveryAtom(String pickle, PickleValue value) throws IOException {
        assertThat(value(pickle)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(K\u0001K\u0002t.", "K\u0001K\u0002\u0086.", "(NK\u00010K\u0001K\u00021K\u0001K\u0002\u0086."})
    void readsTuples(String pickle) throws IOException {
        assertThat(((Tuple) value(pickle)).items()).containsExactly(new Whole(1), new Whole(2));
    }

    @Test
    void readsTuplesOfUpToThree() throws IOException {
        assertThat(((Tuple) value(").")).items()).isEmpty();
        assertThat(((Tuple) value("N\u0085.")).items()).hasSize(1);
        assertThat(((Tuple) value("NNN\u0087.")).items()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(K\u0001K\u0002l.",
                "]K\u0001aK\u0002a.",
                "](K\u0001K\u0002e.",
                "\u008f(K\u0001K\u0002\u0090.",
                "(K\u0001K\u0002\u0091."
            })
    void readsListsAndSets(String pickle) throws IOException {
        assertThat(((Sequence) value(pickle)).items()).containsExactly(new Whole(1), new Whole(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(U\u0001aK\u0001d.",
                "}U\u0001aK\u0001s.",
                "}(U\u0001aK\u0001u.",
                "ccollections\nOrderedDict\n)RU\u0001aK\u0001s.",
                "ccollections\nOrderedDict\n]U\u0001aK\u0001\u0086a\u0085R.",
                "ccollections\nOrderedDict\n(U\u0001aK\u0001d\u0085R.",
                "ccollections\nOrderedDict\n)RU\u0001aK\u0001s}b."
            })
    void readsDictionaries(String pickle) throws IOException {
        var mapping = (Mapping) value(pickle);
        assertThat(mapping.size()).isEqualTo(1);
        assertThat(mapping.key(0)).isEqualTo(new Text("a"));
        assertThat(mapping.value(0)).isEqualTo(new Whole(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cm\nmake\nK\u0001\u0085R.",
                "cm\nmake\nK\u0001\u0085\u0081.",
                "cm\nmake\nK\u0001\u0085}\u0092.",
                "(K\u0001im\nmake\n.",
                "(cm\nmake\nK\u0001o.",
                "cm\nmake\nK\u0001\u0085R}b."
            })
    void keepsPermittedCallsAsValues(String pickle) throws IOException {
        var call = (Call) value(pickle);
        assertThat(call.function().qualified()).isEqualTo("m.make");
        assertThat(call.arguments()).containsExactly(new Whole(1));
    }

    @Test
    void knowsNamesOfPython2() throws IOException {
        assertThat(((Call) value("c__builtin__\nset\n)R.")).function().qualified())
                .isEqualTo("builtins.set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"U\u0001aQ.", "Pa\n."})
    void keepsWhatLiesBesideThePickle(String pickle) throws IOException {
        var read = read(pickle);
        assertThat(((Persistent) read.value()).id()).isEqualTo(new Text("a"));
        assertThat(read.persistent()).hasSize(1);
    }

    @Test
    void endsWhereThePickleEnds() throws IOException {
        assertThat(read("K\u0001.K\u0002.").end()).isEqualTo(3);
    }

    @Test
    void readsCycle() throws IOException {
        var list = (Sequence) value("]q\u0000h\u0000a.");
        assertThat(list.items().getFirst()).isSameAs(list);
    }

    // Pickles that would run code.

    static Stream<Arguments> unsafe() {
        return Stream.of(
                Arguments.of("cos\nsystem\nU\u0002id\u0085R.", "call os.system"),
                Arguments.of("cposix\nsystem\n(U\u0002idtR.", "call posix.system"),
                Arguments.of("c__builtin__\neval\nU\u00011\u0085R.", "call builtins.eval"),
                Arguments.of("U\u0002osU\u0006system\u0093U\u0002id\u0085R.", "call os.system"),
                Arguments.of("(U\u0002idios\nsystem\n.", "call os.system"),
                Arguments.of("(cos\nsystem\nU\u0002ido.", "call os.system"),
                Arguments.of("csubprocess\nPopen\nU\u0002id\u0085\u0081.", "call subprocess.Popen"),
                Arguments.of("csubprocess\nPopen\nU\u0002id\u0085}\u0092.", "call subprocess.Popen"),
                Arguments.of(
                        "ctorch.storage\n_load_from_bytes\nC\u0000\u0085R.", "call torch.storage._load_from_bytes"),
                Arguments.of("ctorch\nfloat32\n)R.", "call torch.float32"),
                Arguments.of("ccopy_reg\n_reconstructor\ncos\nsystem\nN\u0086R.", "call os.system"),
                Arguments.of(
                        "ccopyreg\n_reconstructor\nccopyreg\n_reconstructor\n\u0085R.",
                        "call copyreg._reconstructor through itself"),
                Arguments.of("ccopyreg\n_reconstructor\n)R.", "call what it made itself"),
                Arguments.of("cm\nmake\n)R)R.", "call what it made itself"),
                Arguments.of("\u0082\u0007)R.", "call copyreg.extension 7"),
                Arguments.of("cos\nsystem\n}b.", "change os.system"),
                Arguments.of("ccollections\nOrderedDict\n}b.", "change collections.OrderedDict"),
                Arguments.of("cos\nsystem\nq\u00000Nh\u0000U\u0002id\u0085R0.", "call os.system"),
                Arguments.of("cos\nsystem\nU\u0002id\u0085R0}cos\nsystem\n.", "call os.system"));
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void namesWhatAnUnsafePickleWouldDo(String pickle, String deed) {
        refused(pickle, Reason.UNSAFE, "found an unsafe file that would " + deed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "K", "(((", "S'x", "\u0095"})
    void seesUnsafeCallBeforeWhatIsBroken(String rest) {
        refused("cos\nsystem\nU\u0002id\u0085R" + rest, Reason.UNSAFE, "would call os.system");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cnumpy\nfoo\n.", "cnumpy\nfoo\n0N.", "\u0083\u0001\u0000.", "U\u0005numpyU\u0003foo\u0093."})
    void refusesUnknownNameThatIsNotCalled(String pickle) {
        refused(pickle, Reason.UNSUPPORTED, "pickle: expected names that tensors need, found ");
    }

    // Lies.

    @ParameterizedTest
    @ValueSource(strings = {"", "N", "K", "M\u0001", "J\u0000\u0000\u0000", "U\u0005ab", "I1", "cm\nmake", "\u0080"})
    void rejectsPickleThatIsCutOff(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected at most the");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X\u00ff\u00ff\u00ff\u00ff.",
                "B\u00ff\u00ff\u00ff\u007f.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
                "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f."
            })
    void rejectsLengthBeyondTheEndBeforeAllocatingIt(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected at most the");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "0", "2", "a", "Na", "\u0085", "N\u0086", "R", "b", "q\u0000", "(."})
    void rejectsEmptyStack(String pickle) {
        refused(pickle, Reason.MALFORMED, "on the stack, found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "1", "l", "d", "e", "u", "o", "\u0090", "\u0091"})
    void rejectsMissingMark(String opcode) {
        refused("N" + opcode + ".", Reason.MALFORMED, "expected a mark on the stack, found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h\u0000.", "g5\n.", "j\u00ff\u00ff\u00ff\u00ff.", "Nq\u0002h\u0001.", "g-1\n."})
    void rejectsRecallOfWhatWasNotRemembered(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected a remembered value, found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ix\n.", "L\n.", "Fx\n.", "gx\n.", "Npx\n.", "\u008b\u00e9\u0003\u0000\u0000."})
    void rejectsNumberThatIsNone(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected a number");
    }

    @Test
    void rejectsIntegerOfAbsurdLength() {
        refused("I" + "9".repeat(100_000) + "\n.", Reason.MALFORMED, "expected a number, found 100000 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NNs.", "NNNs.", "N(NNu.", "]NNs."})
    void rejectsEntriesOfWhatIsNoDictionary(String pickle) {
        refused(pickle, Reason.MALFORMED, pickle.equals("NNs.") ? "on the stack" : "expected a dictionary to add to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NNa.", "}Na.", "K\u0001(Ne."})
    void rejectsItemsOfWhatIsNoList(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected a list to add to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}(Nu.", "(Nd.", "}(NNNu."})
    void rejectsKeyWithoutValue(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected keys with values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]}b.", "K\u0001}b.", "N}b.", ")}b."})
    void rejectsAttributesOfWhatHasNone(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected attributes of an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"K\u0001U\u0001a\u0093.", "U\u0001aN\u0093."})
    void rejectsNameThatIsNoText(String pickle) {
        refused(pickle, Reason.MALFORMED, "expected a name of two texts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff.", "\u0000.", "Z.", "\u0099.", "\u0080\u0006N."})
    void rejectsWhatIsNoOpcode(String pickle) {
        refused(pickle, Reason.MALFORMED, "pickle, byte 0: expected a");
    }

    // What would fill the memory.

    @Test
    void refusesDeepNestingOfMarks() {
        refused("(".repeat(10_001) + ".", Reason.REFUSED, "at most 10000 open marks");
    }

    @Test
    void refusesDeepStack() {
        refused("N".repeat(1_000_001) + ".", Reason.REFUSED, "a stack of 1000000 values");
    }

    @Test
    void refusesMoreValuesThanAnyModelNeeds() {
        refused("]0".repeat(1_500_001) + ".", Reason.REFUSED, "at most 1500000 values");
    }

    @Test
    void refusesMoreOpcodesThanAnyModelNeeds() {
        refused("N0".repeat(4_000_001) + ".", Reason.REFUSED, "at most 8000000 opcodes");
    }

    @Test
    void refusesFarMemo() {
        refused("Nr\u00ff\u00ff\u00ff\u00ff.", Reason.REFUSED, "at most 1500000 remembered values");
    }

    @Test
    void refusesLongLine() {
        refused("S" + "x".repeat(1_048_577) + "\n.", Reason.REFUSED, "expected a line of at most 1048576 bytes");
    }

    @Test
    void refusesLongName() {
        refused("c" + "x".repeat(1_001) + "\nx\n.", Reason.REFUSED, "names of at most 1000 characters");
    }

    @Test
    void refusesPickleOverTheCapBeforeReadingIt() {
        var huge = new HugeZeros(1L << 40);
        assertRefused(
                () -> PickleReader.read(huge, 0, NAMES), Reason.REFUSED, "pickle: expected at most 67108864 bytes");
    }

    @Test
    void refusesDictionaryCopiedAgainAndAgain() {
        String thousand = "}(" + "NN".repeat(1_000) + "uq\u0000";
        String copy = "cm\nOrderedDict\n".replace("m", "collections") + "h\u0000\u0085R0";
        refused(thousand + copy.repeat(1_501) + ".", Reason.REFUSED, "at most 1500000 copied entries");
    }

    @Test
    void readsNestedTuplesWithoutFollowingThem() throws IOException {
        assertThat(value(")" + "\u0085".repeat(500_000) + ".")).isInstanceOf(Tuple.class);
    }

    @Test
    void readsSharedListsWithoutMultiplyingThem() throws IOException {
        String doubled = "2\u0086";
        assertThat(value(")" + doubled.repeat(100_000) + ".")).isInstanceOf(Tuple.class);
    }

    private static PickleValue value(String pickle) throws IOException {
        return read(pickle).value();
    }

    private static PickleReader.Pickle read(String pickle) throws IOException {
        return PickleReader.read(MemoryStorage.source("p.pt", pickle.getBytes(StandardCharsets.ISO_8859_1)), 0, NAMES);
    }

    private static void refused(String pickle, Reason reason, String words) {
        assertRefused(() -> read(pickle), reason, words);
    }
}
