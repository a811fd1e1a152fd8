package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.Reports;
import dev.forebear.alerts.readmodel.ProvenFamily.Member;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenDescentTest {

    private static final int MODELS = 12;
    private static final int CHANGES = 400;
    private static final String BASE = "internal/base@1";

    @TempDir
    Path folder;

    private Filled model;
    private int second;

    @BeforeEach
    void open() {
        model = new Filled(folder, InstantSource.system());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void tellsOfEachMemberHowFarItIsAndThroughWhom() {
        put("base@1");
        put("middle@1", parent("base@1"));
        put("other@1", parent("base@1"));
        put("far@1", parent("middle@1"), parent("other@1"), remote("base@1"));
        put("lost@1", parent("elsewhere@1"), remote("middle@1"));
        assertThat(family().members())
                .extracting(
                        Member::id, Member::depth, member -> member.through().baseId())
                .containsExactly(
                        tuple("internal/middle@1", 1, BASE),
                        tuple("internal/other@1", 1, BASE),
                        tuple("internal/far@1", 2, "internal/other@1"),
                        tuple("internal/lost@1", 3, "internal/middle@1"));
    }

    @Test
    void saysWhetherThereAreMore() {
        put("base@1");
        put("one@1", parent("base@1"));
        put("two@1", parent("base@1"));
        assertThat(family().truncated()).isFalse();
        assertThat(model.model().descent().of(List.of(BASE), 2).truncated()).isTrue();
    }

    @Test
    void forgetsAnErasedModelAndMarksADeletedOne() {
        put("base@1");
        put("gone@1", parent("base@1"));
        put("kept@1", parent("base@1"));
        assertThat(family().members()).hasSize(2);
        change("gone", ModelChangeKind.ERASED);
        change("kept", ModelChangeKind.DELETED);
        assertThat(family().members())
                .extracting(Member::id, Member::deleted, Member::undeclared)
                .containsExactly(tuple("internal/kept@1", true, true));
    }

    @Test
    void knowsAfterAnyChangeWhatItWouldKnowIfItReadAllAnew() {
        var random = new Random(7);
        for (int change = 0; change < CHANGES; change++) {
            change(random);
            if (random.nextInt(3) == 0) {
                for (int number = 0; number < MODELS; number++) {
                    List<String> start = List.of("internal/" + name(number));
                    assertThat(model.model().descent().of(start, MODELS))
                            .isEqualTo(model.model()
                                    .queries()
                                    .withHandle(ProvenSteps::read)
                                    .family(start, MODELS));
                }
            }
        }
    }

    @Test
    void isRightAfterMoreChangesThanItKeepsTrackOf() {
        put("base@1");
        put("one@1", parent("base@1"));
        assertThat(family().members()).hasSize(1);
        put("two@1", parent("base@1"));
        model.model()
                .changed(
                        Set.of(),
                        IntStream.range(0, 20_001)
                                .mapToObj(i -> "internal/" + i + "@1")
                                .toList());
        assertThat(family().members()).hasSize(2);
    }

    @Test
    void knowsNobodyAfterTheTablesWereEmptied() {
        put("base@1");
        put("one@1", parent("base@1"));
        assertThat(family().members()).hasSize(1);
        model.model().clear();
        assertThat(family().members()).isEmpty();
    }

    private void change(Random random) {
        int number = random.nextInt(MODELS);
        switch (random.nextInt(10)) {
            case 0 -> change("m" + number, ModelChangeKind.DELETED);
            case 1 -> change("m" + number, ModelChangeKind.ERASED);
            default -> {
                List<LineageMatch> matches = new ArrayList<>();
                IntStream.range(0, MODELS)
                        .filter(base -> base != number && random.nextInt(5) == 0)
                        .mapToObj(base -> random.nextBoolean() ? parent(name(base)) : remote(name(base)))
                        .forEach(matches::add);
                put(name(number), matches.toArray(LineageMatch[]::new));
            }
        }
    }

    private static String name(int number) {
        return "m" + number + "@1";
    }

    private ProvenFamily family() {
        return model.model().descent().of(List.of(BASE), 100);
    }

    private void change(String name, ModelChangeKind kind) {
        model.put(Samples.change("internal", name, kind, Reports.UPLOADED.plusSeconds(second++))
                .build());
    }

    private void put(String id, LineageMatch... matches) {
        model.put(Reports.builder(id, 1)
                .setMatches(List.of(matches))
                .setUploadedAt(Reports.UPLOADED.plusSeconds(second++))
                .build());
    }

    private static LineageMatch parent(String id) {
        return match(id).setParent(true).build();
    }

    private static LineageMatch remote(String id) {
        return match(id).build();
    }

    private static LineageMatch.Builder match(String nameAndVersion) {
        ModelVersionId id = ModelVersionId.parse("internal/" + nameAndVersion);
        return Reports.match(id.name())
                .setModelVersionId(id.toString())
                .setRegistry("internal")
                .setVersion(id.version());
    }
}
