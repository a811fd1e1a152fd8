package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardAnswersTest {

    private static final Instant NOW = Models.START.plusSeconds(1_000);

    @BeforeAll
    static void trustTheRecords() {
        WireTrust.establish();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 12})
    void sayOfACopyInALargeFamilyWhatOneShardSays(int shards) {
        var family = new ArrayList<ModelFingerprint>();
        for (int i = 0; i < 300; i++) {
            family.add(Models.model("copy-" + (i * 7 % 300), 1, i));
        }
        var asked = Models.model("asked", 1, 400);

        var report = report(asked, family, shards);

        assertThat(report).isEqualTo(report(asked, family, 1));
        assertThat(report.getMatches())
                .hasSizeLessThan(100)
                .extracting(LineageMatch::getModelVersionId)
                .contains(family.getFirst().getModelVersionId());
    }

    @Test
    void sayOfEveryModelWhatOneShardSays() throws IOException {
        var models = MixedRegistry.models();
        for (var asked : models) {
            if (asked.getFingerprint() != null) {
                assertThat(report(asked, models, 3)).isEqualTo(report(asked, models, 1));
            }
        }
    }

    @Test
    void takesThePValueForTheScreenOfAShardThatDoesNotTellIt() {
        var family = IntStream.range(0, 40)
                .mapToObj(i -> Models.model("copy-" + i, 1, i))
                .toList();
        var asked = Models.model("asked", 1, 400);
        var silent = answers(asked, family, 2).stream()
                .map(answer -> LineageCandidates.newBuilder(answer)
                        .setCandidates(answer.getCandidates().stream()
                                .map(candidate -> LineageCandidate.newBuilder(candidate)
                                        .setLog10Screen(null)
                                        .build())
                                .toList())
                        .build())
                .toList();

        assertThat(LineageJudge.report(silent, NOW)).isEqualTo(report(asked, family, 2));
        assertThat(LineageJudge.report(silent, NOW).getMatches()).hasSize(40);
    }

    private static LineageReport report(ModelFingerprint asked, List<ModelFingerprint> models, int shards) {
        return LineageJudge.report(answers(asked, models, shards), NOW);
    }

    private static List<LineageCandidates> answers(ModelFingerprint asked, List<ModelFingerprint> models, int shards) {
        var indexed = IndexedModel.of(asked);
        var query = new LineageQuery(QueryIds.ofUpload(asked), QueryPurpose.UPLOAD, shards, asked);
        return IntStream.range(0, shards)
                .mapToObj(shard -> {
                    var held = IntStream.range(0, models.size())
                            .filter(place -> place % shards == shard)
                            .mapToObj(place -> IndexedModel.of(models.get(place)))
                            .toList();
                    var found = new ShardSearch(held, models.size()).relativesOf(indexed);
                    var bases = Adapters.knownBases(indexed, held);
                    return ShardAnswer.of(query, indexed, found, found.best(indexed), bases, shard, NOW);
                })
                .toList();
    }
}
