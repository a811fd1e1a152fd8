package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmedRelative;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmationConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private WorkerSite site;

    @BeforeEach
    void open() {
        site = new WorkerSite(3);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void namesTheParentAndWhatWasDoneFromTheWeightsOfBoth() throws Exception {
        site.putZoo("root", "base-a");
        site.putZoo("parent", "base-a-sft-heavy");
        site.putZoo("cousin", "base-a-sft-light");
        site.putZoo("child", "base-a-grandchild");
        try (var worker = WorkerService.start(site.config())) {
            site.requestConfirmation("child", "root", "cousin", "parent");

            Confirmation answer = answerAbout("internal/child@1");
            assertThat(answer.getProblems()).isEmpty();
            assertThat(answer.getBytesRead()).isPositive();
            assertThat(relative(answer, "root").getVerdict()).isEqualTo(Verdict.DERIVED);
            assertThat(relative(answer, "root").getParent()).isFalse();
            assertThat(relative(answer, "cousin").getVerdict()).isEqualTo(Verdict.SHARES_AN_ANCESTOR);
            var parent = relative(answer, "parent");
            assertThat(parent.getVerdict()).isEqualTo(Verdict.DERIVED);
            assertThat(parent.getParent()).isTrue();
            assertThat(parent.getRelation().getKind()).isEqualTo("fine-tuned");
            assertThat(parent.getRelation().getComponents()).isNotEmpty();
            assertThat(parent.getLayerAgreement().getZ())
                    .hasSize(parent.getLayerAgreement().getLayers()
                            * parent.getLayerAgreement().getRelativeLayers());
        }
    }

    @Test
    void confirmsWhatWasPermutedToHideIt() throws Exception {
        site.putZoo("base", "base-a");
        site.putZoo("disguised", "base-a-adv-permuted");
        try (var worker = WorkerService.start(site.config())) {
            site.requestConfirmation("disguised", "base");

            var base = relative(answerAbout("internal/disguised@1"), "base");
            assertThat(base.getVerdict()).isEqualTo(Verdict.DERIVED);
            assertThat(base.getRelation().getKind()).isEqualTo("laundered");
        }
    }

    @Test
    void answersWithoutTheRelativeThatIsGoneAndNamesIt() throws Exception {
        site.putZoo("base", "base-a");
        site.putZoo("child", "base-a-sft-light");
        try (var worker = WorkerService.start(site.config())) {
            site.requestConfirmation("child", "gone", "base");

            Confirmation answer = answerAbout("internal/child@1");
            assertThat(answer.getRelatives())
                    .extracting(ConfirmedRelative::getModelVersionId)
                    .containsExactly("internal/base@1");
            assertThat(answer.getProblems()).singleElement().asString().contains("gone");
        }
    }

    @Test
    void putsARequestAsideThatCannotBeDecodedAndGoesOn() throws Exception {
        site.putZoo("base", "base-a");
        site.putZoo("child", "base-a-sft-light");
        try (var worker = WorkerService.start(site.config())) {
            site.send(Topics.CONFIRMATION_REQUESTS, "internal/child@1", new byte[] {7});
            site.requestConfirmation("child", "base");

            assertThat(answerAbout("internal/child@1").getRelatives()).hasSize(1);
            await().atMost(SOON).until(() -> !site.deadLetters().isEmpty());
            assertThat(site.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.getReason()).isEqualTo("undecodable"));
        }
    }

    @Test
    void leavesARequestWithoutAnAnswerThatALaterOneAboutTheSameModelOvertook() throws Exception {
        site.putZoo("base", "base-a");
        site.putZoo("parent", "base-a-sft-heavy");
        site.putZoo("child", "base-a-grandchild");
        site.requestConfirmation("child", "base");
        site.requestConfirmation("child", "base", "parent");
        try (var worker = WorkerService.start(site.config())) {
            assertThat(answerAbout("internal/child@1").getRelatives()).hasSize(2);
            site.requestConfirmation("base", "parent");
            answerAbout("internal/base@1");
            assertThat(site.confirmations())
                    .extracting(answer -> answer.getRequest().getReport().getModelVersionId())
                    .containsExactlyInAnyOrder("internal/child@1", "internal/base@1");
        }
    }

    @Test
    void fingerprintsAnAdapterTogetherWithItsBase() throws Exception {
        site.putZoo("base", "base-a");
        site.putZoo("adapter", "base-a-lora-adapter");
        try (var worker = WorkerService.start(site.config())) {
            site.announce("adapter", Lane.INTERACTIVE);
            var alone = fingerprintOf("adapter", 1);
            assertThat(alone.getAdapter().getDescription()).isEqualTo("LoRA of rank 4 on q_proj, v_proj");
            assertThat(alone.getNotAnalysed().getMessage()).contains("whose base zoo/base-a was not found");
            assertThat(alone.getDeclaredBases())
                    .anyMatch(base -> base.getSource().equals("adapter-config"));

            site.requestOnBase(alone, "base");
            var together = fingerprintOf("adapter", 2);
            assertThat(together.getNotAnalysed()).isNull();
            assertThat(together.getFingerprint().getShape().getLayers()).isEqualTo(4);
            assertThat(together.getFingerprint().getEvidence().getPositional()).isNotNull();
            assertThat(together.getUploadEventId()).isEqualTo(alone.getUploadEventId());

            site.requestConfirmation(together, "base");
            var base = relative(answerAbout("internal/adapter@1"), "base");
            assertThat(base.getVerdict()).isEqualTo(Verdict.DERIVED);
            assertThat(base.getBasis()).isEqualTo(EvidenceBasis.DECLARED);
            assertThat(base.getParent()).isTrue();
            assertThat(base.getRelation().getKind()).isEqualTo("adapter");
        }
    }

    @Test
    void keepsWhatAnAdapterShowsWhereItDoesNotFit() throws Exception {
        site.putZoo("base", "base-a-large");
        site.putZoo("adapter", "base-a-lora-adapter");
        try (var worker = WorkerService.start(site.config())) {
            site.announce("adapter", Lane.INTERACTIVE);
            var alone = fingerprintOf("adapter", 1);
            site.requestOnBase(alone, "base");

            var failed = fingerprintOf("adapter", 2);
            assertThat(failed.getNotAnalysed().getReason()).isEqualTo("malformed");
            assertThat(failed.getNotAnalysed().getMessage())
                    .startsWith("adapter: could not be put on its base: ")
                    .contains("expected shape [4, ");
            assertThat(failed.getFingerprint()).isEqualTo(alone.getFingerprint());
        }
    }

    /** The record of a model that was published as the so many-th. */
    private ModelFingerprint fingerprintOf(String model, int number) {
        await().atMost(SOON).until(() -> of(model).size() >= number);
        return of(model).get(number - 1);
    }

    private List<ModelFingerprint> of(String model) {
        return site.fingerprints().stream()
                .filter(one -> one.getName().equals(model))
                .toList();
    }

    private Confirmation answerAbout(String modelVersionId) {
        await().atMost(SOON)
                .until(() -> site.confirmations().stream()
                        .anyMatch(answer -> answer.getRequest()
                                .getReport()
                                .getModelVersionId()
                                .equals(modelVersionId)));
        return site.confirmations().stream()
                .filter(answer ->
                        answer.getRequest().getReport().getModelVersionId().equals(modelVersionId))
                .findFirst()
                .orElseThrow();
    }

    private static ConfirmedRelative relative(Confirmation answer, String model) {
        return answer.getRelatives().stream()
                .filter(one -> one.getModelVersionId().equals("internal/" + model + "@1"))
                .findFirst()
                .orElseThrow();
    }
}
