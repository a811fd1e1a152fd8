package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batch after batch is answered as every question by itself. */
class SuccessiveJoinTest {

    private static final Instant NOW = Models.START.plusSeconds(1_000);

    private static List<ModelFingerprint> models;
    private static BatchJoin join;
    private static final Map<Question, Answer> EXPECTED = new HashMap<>();

    @BeforeAll
    static void fingerprintTheZoo() throws IOException {
        WireTrust.establish();
        models = new ArrayList<>(MixedRegistry.models());
        int first = models.size();
        models.add(Models.of(ofVersion(98, model("base-a")), "old-a", first));
        models.add(Models.of(ofVersion(98, model("base-a-sft-light")), "old-a-sft", first + 1));
        var references = new ArrayList<Reference>();
        for (int i = 0; i < models.size(); i++) {
            references.add(new Reference(models.get(i), Models.START.plusSeconds(i), List.of()));
        }
        join = BatchJoin.of(references);
    }

    @Test
    void saysTheSameInTheOrderOfUploadAndAgainstIt() {
        var questions = models.stream().map(model -> question(model, null)).toList();
        for (int size : new int[] {1, 5, 17}) {
            assertSaysTheSame(questions, size);
            assertSaysTheSame(questions.reversed(), size);
        }
    }

    @Test
    void saysTheSameWhereSomeAreNeverAskedAndSomeAreAskedAgain() {
        var some = IntStream.range(0, models.size())
                .filter(place -> place % 3 != 1)
                .mapToObj(place -> question(models.get(place), null))
                .toList();
        var questions = new ArrayList<>(some);
        questions.addAll(some.subList(2, 20));
        questions.add(some.get(19));
        assertSaysTheSame(questions, 7);
    }

    @Test
    void saysTheSameWhereModelsAreNotAskedAboutAsTheyAreKnown() {
        var questions = new ArrayList<Question>();
        for (int place = 0; place < models.size(); place++) {
            var model = models.get(place);
            questions.add(
                    switch (place % 5) {
                        case 1 -> question(changed(model, models.get((place + 7) % models.size())), null);
                        case 2 -> question(renamed(model), null);
                        case 3 -> question(model, Models.START.plusSeconds(place / 2));
                        default -> question(model, null);
                    });
        }
        assertSaysTheSame(questions, 6);
        assertSaysTheSame(questions.reversed(), 9);
    }

    @Test
    void saysTheSameWhereMoreIsFoundThanIsRemembered() {
        var questions = models.stream().map(model -> question(model, null)).toList();
        for (int most : new int[] {0, 2, 5}) {
            assertSaysTheSame(questions, 4, new SuccessiveJoin(join, new EarlierPairs(join.size(), most)));
        }
    }

    private static void assertSaysTheSame(List<Question> questions, int size) {
        assertSaysTheSame(questions, size, join.inTurn());
    }

    private static void assertSaysTheSame(List<Question> questions, int size, SuccessiveJoin inTurn) {
        for (int from = 0; from < questions.size(); from += size) {
            var batch = questions.subList(from, Math.min(from + size, questions.size()));
            assertThat(inTurn.answer(batch, 2, NOW))
                    .isEqualTo(batch.stream().map(SuccessiveJoinTest::byItself).toList());
        }
    }

    private static Answer byItself(Question question) {
        return EXPECTED.computeIfAbsent(
                question, one -> join.answer(List.of(one), 1, NOW).getFirst());
    }

    /** Other weights under the same version. */
    private static ModelFingerprint changed(ModelFingerprint model, ModelFingerprint to) {
        return ModelFingerprint.newBuilder(model)
                .setFingerprint(to.getFingerprint())
                .build();
    }

    private static ModelFingerprint renamed(ModelFingerprint model) {
        return ModelFingerprint.newBuilder(model)
                .setModelVersionId(Models.id("copy-of-" + model.getName()))
                .build();
    }

    private static ModelFingerprint model(String name) {
        return models.stream()
                .filter(model -> model.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Fingerprint ofVersion(int version, ModelFingerprint model) {
        return Fingerprint.newBuilder(model.getFingerprint())
                .setAlgorithmVersion(version)
                .build();
    }

    private static Question question(ModelFingerprint model, @Nullable Instant asOf) {
        return new Question(model, List.of(), asOf, QueryIds.ofUpload(model));
    }
}
