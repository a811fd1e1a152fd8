package dev.forebear.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports a database in the peer's layout, whole and broken in many ways. */
class PeerDatabaseImportTest {

    private static final String[] MODELS = {"base-a", "base-b", "base-c", "base-g", "base-a-large", "trap-config"};

    private static final Map<String, String> COLUMNS = Map.of(
            "mfi", "architecture-screening",
            "eas", "embedding-anchor-similarity",
            "nlf", "norm-layer-fingerprint",
            "lep", "layer-energy-profile",
            "end", "embedding-norm-distribution",
            "wvc", "weight-value-cosine");

    @TempDir
    private static Path folder;

    private static Path database;
    private static Path known;

    @BeforeAll
    static void importTheDatabase() throws Exception {
        database = folder.resolve("database");
        known = folder.resolve("known.forebear");
        SmallPeerDatabase.write(database, MODELS);
        Run run = importing(database, known);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("Zoo base-a +zoo +1 +0 +1 +0")
                .contains("6 added, 0 replaced, 0 known by another name already; 6 reference models now.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"base-a-sft-heavy", "base-a-rerun", "base-b-sft", "base-a-layer-pruned", "base-a-width-pruned"})
    void givesThePeersOwnScoresOnTheGoldenModels(String scanned) throws IOException {
        Run run = Run.forebear("scan", Zoo.location(scanned), "--reference", known.toString(), "--json");

        JsonNode resemblances = new ObjectMapper().readTree(run.out()).path("peerResemblances");
        assertThat(resemblances).hasSize(MODELS.length);
        for (JsonNode one : resemblances) {
            String model = one.path("model").asText().replaceAll("zoo/(.*)@main", "$1");
            Map<String, String> golden = SmallPeerDatabase.golden(scanned, model);
            COLUMNS.forEach((column, signal) -> assertScore(
                    scanned + " and " + model + ", " + column,
                    golden.get(column),
                    one.path("signals").path(signal)));
            assertScore(scanned + " and " + model, golden.get("identity"), one.path("identity"));
            assertThat(one.path("architectureTier").asDouble()).isEqualTo(Double.parseDouble(golden.get("mfi_tier")));
        }
    }

    private static void assertScore(String what, String golden, JsonNode found) {
        if (golden.isEmpty()) {
            assertThat(found.isNull()).as(what).isTrue();
        } else {
            assertThat(found.asDouble(Double.NaN)).as(what).isCloseTo(Double.parseDouble(golden), within(1e-4 + 1e-9));
        }
    }

    @Test
    void neverAccusesByThePeersSignals() {
        Run run = Run.forebear("scan", Zoo.location("base-a-copy"), "--reference", known.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("No relative of base-a-copy was found among 0 models")
                .contains("By the peer's signals, which prove nothing, the nearest of 6 models")
                .containsPattern("zoo/base-a@main +Zoo base-a +1\\.0000 +1\\.0000 +confirmed, by config.json alone");
    }

    @Test
    void leavesThePeersSignalsOutOnRequest() {
        Run run = Run.forebear("scan", Zoo.location("base-a-copy"), "--reference", known.toString(), "--without-peer");

        assertThat(run.out())
                .contains("6 models: only the peer's signals are known of them")
                .doesNotContain("zoo/base-a@main");
    }

    @Test
    void listsThemAsComparedByPeerSignals() {
        Run run = Run.forebear("reference", "list", "--file", known.toString());

        assertThat(run.out()).containsPattern("zoo/base-c@main +Zoo base-c +zoo +- +- +peer signals");
    }

    @Test
    void canBeImportedAgain(@TempDir Path other) throws IOException {
        Path again = Files.copy(known, other.resolve("again.forebear"));

        assertThat(importing(database, again).out()).contains("0 added, 6 replaced");
        assertThat(importing(known, again).out()).contains("0 added, 6 replaced");
    }

    @Test
    void isKeptInAFileOnly() {
        Run run = Run.forebear("reference", "import", database.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines().getFirst()).contains("expected --file FILE", "only the peer's signals are known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "catalog/manifest.json | by_family | by_size | catalog/manifest.json: shard_strategy: expected"
                        + " 'by_family', the only layout that is known, found \"by_size\"",
                "catalog/manifest.json | \"asset_count\" : 1 | \"asset_count\" : 2 | zoo--base-c.json: assets:"
                        + " expected 2, as the manifest says, found 1",
                "catalog/manifest.json | catalog/by-family | ../elsewhere | expected a path inside the database",
                "SHARD | \"display_name\" | \"name\" | zoo--base-b.json: family.display_name: expected text, found"
                        + " none",
                "SHARD | huggingface.co/zoo/base-b | huggingface.co/zoo/base%00b | zoo--base-b.json: assets[0]: model"
                        + " version id: expected a name without control characters, found 'zoo/base",
                "SHARD | features/base/ | features/gone/ | expected a JSON file, found none",
                "FEATURES | \"hidden_size\" : 64 | \"hidden_size\" : \"64\" | features.json: mfi.hidden_size: expected"
                        + " a number from 0 on, found \"64\"",
                "FEATURES | base-b__hf | base-x__hf | asset_id: expected 'base-b__hf-safetensors', as the catalogue"
                        + " says",
                "FEATURES | \"nlf_mode\" : \"direct\" | \"nlf_mode\" : \"mixed\" | signals.nlf_mode: expected direct"
                        + " or stats",
                "FEATURES | \"nlf_num_layers\" : 9 | \"nlf_num_layers\" : 7 | norm layers: expected 7 vectors of one"
                        + " length",
                "FEATURES | sha256: | sha256:0 | checksum: expected sha256: and 64 hexadecimal digits",
                "FEATURES | \"mfi\" : { | \"mfi\" : [{ | expected JSON, found",
            })
    void namesTheFieldThatIsWrong(String file, String from, String to, String expected) throws Exception {
        String path = file.equals("SHARD")
                ? SmallPeerDatabase.shard("base-b")
                : file.equals("FEATURES") ? SmallPeerDatabase.features("base-b") : file;

        assertRefused(broken -> replace(broken.resolve(path), from, to), expected);
    }

    @Test
    void namesTheShardThatIsMissing() throws Exception {
        assertRefused(
                broken -> Files.delete(broken.resolve(SmallPeerDatabase.shard("base-b"))),
                "catalog/by-family/zoo--base-b.json: expected a JSON file, found none");
    }

    @Test
    void namesTheValuesThatAreMissing() throws Exception {
        assertRefused(
                broken -> Files.delete(broken.resolve(SmallPeerDatabase.deepSignals("base-b"))),
                "base-b__hf-safetensors_deep-signals.parquet: expected the deep signals of a model, found no file");
    }

    @Test
    void namesAParquetFileThatIsCut() throws Exception {
        assertRefused(
                broken -> {
                    Path file = broken.resolve(SmallPeerDatabase.deepSignals("base-b"));
                    byte[] whole = Files.readAllBytes(file);
                    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
                },
                "deep-signals.parquet: expected a whole parquet file, found one that does not begin and end with PAR1");
    }

    @Test
    void namesAParquetFileThatIsAnother() throws Exception {
        assertRefused(
                broken -> Files.copy(
                        broken.resolve(SmallPeerDatabase.deepSignals("base-c")),
                        broken.resolve(SmallPeerDatabase.deepSignals("base-b")),
                        StandardCopyOption.REPLACE_EXISTING),
                "deep-signals.parquet: checksum: expected sha256:");
    }

    @Test
    void namesAParquetFileThatIsBrokenInside() throws Exception {
        assertRefused(
                broken -> {
                    Path file = broken.resolve(SmallPeerDatabase.deepSignals("base-b"));
                    byte[] whole = Files.readAllBytes(file);
                    Arrays.fill(whole, whole.length - 400, whole.length - 8, (byte) 0x15);
                    Files.write(file, whole);
                    restate(broken);
                },
                "deep-signals.parquet: expected a parquet file of signals, found");
    }

    @Test
    void namesSignalsOfTheWrongShape() throws Exception {
        var anchor = new SmallPeerDatabase.Value("eas_self_sim", null, 0, 0, 1);
        assertRefused(values(anchor, anchor), "eas_self_sim: row: expected each once, found 0 twice");
        assertRefused(
                values(anchor, new SmallPeerDatabase.Value("eas_self_sim", null, 0, 1, 1)),
                "eas_self_sim: expected a square matrix, found 2 values");
        assertRefused(
                values(new SmallPeerDatabase.Value("nlf_vector", null, 3, null, 1)),
                "nlf_vector: expected 4 values, found 1");
        assertRefused(
                values(new SmallPeerDatabase.Value("lep_profile", null, -1, null, 1)),
                "row: expected a number from 0 to");
        assertRefused(
                values(new SmallPeerDatabase.Value("wvc_layer_sigs", null, 0, null, 1)),
                "layer: expected a whole number, found null");
        assertRefused(
                values(new SmallPeerDatabase.Value("nlf_vector", null, 0, null, Float.NaN)),
                "nlf_vector: value: expected a finite number, found NaN in row 0");
        assertRefused(
                values(new SmallPeerDatabase.Value("spectrum", null, 0, null, 1)),
                "signal: expected one of the peer's, found 'spectrum'");
        assertRefused(values(anchor), "expected the signal end_histogram, as features");
    }

    @Test
    void saysThatAFolderIsNeither(@TempDir Path empty) {
        Run run = importing(empty, empty.resolve("known.forebear"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("expected a file of reference models, or a folder with catalog/manifest.json, found neither");
    }

    private interface Damage {
        void to(Path database) throws Exception;
    }

    private static Damage values(SmallPeerDatabase.Value... values) {
        return broken -> {
            Path file = broken.resolve(SmallPeerDatabase.deepSignals("base-b"));
            Files.delete(file);
            SmallPeerDatabase.writeValues(file, List.of(values));
            restate(broken);
        };
    }

    /** Says the checksum that the values have now. */
    private static void restate(Path broken) throws Exception {
        String checksum = SmallPeerDatabase.checksum(broken.resolve(SmallPeerDatabase.deepSignals("base-b")));
        change(
                broken.resolve(SmallPeerDatabase.features("base-b")),
                text -> text.replaceAll("sha256:[0-9a-f]{64}", checksum));
    }

    private static void replace(Path file, String from, String to) throws IOException {
        assertThat(Files.readString(file)).contains(from);
        change(file, text -> text.replace(from, to));
    }

    private static void change(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    /** Nothing of a database with one wrong model is taken over, and the file stays what it was. */
    private static void assertRefused(Damage damage, String expected) throws Exception {
        Path broken = Files.createTempDirectory(folder, "broken");
        for (String model : List.of("base-c", "base-b")) {
            for (String file : List.of(
                    SmallPeerDatabase.shard(model),
                    SmallPeerDatabase.features(model),
                    SmallPeerDatabase.deepSignals(model))) {
                Files.createDirectories(broken.resolve(file).getParent());
                Files.copy(database.resolve(file), broken.resolve(file));
            }
        }
        Files.writeString(broken.resolve("catalog/manifest.json"), """
            {"shard_strategy" : "by_family", "shards" : [
            {"family_id" : "zoo--base-c", "shard_path" : "%s", "asset_count" : 1},
            {"family_id" : "zoo--base-b", "shard_path" : "%s", "asset_count" : 1}]}
            """.formatted(
                        SmallPeerDatabase.shard("base-c"), SmallPeerDatabase.shard("base-b")));
        damage.to(broken);
        Path target = Files.copy(known, broken.resolve("target.forebear"));

        Run run = importing(broken, target);

        assertThat(run.exitCode()).as(expected).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("forebear: ")
                .contains(expected);
        assertThat(target).hasSameBinaryContentAs(known);
        assertThat(broken).isDirectoryNotContaining("glob:**.part");
    }

    private static Run importing(Path from, Path into) {
        return Run.forebear("reference", "import", from.toString(), "--file", into.toString());
    }
}
