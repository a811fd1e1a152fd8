package dev.forebear.alerts.readmodel;

import static dev.forebear.alerts.Reports.match;
import static dev.forebear.alerts.readmodel.Samples.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.ArchitectureFeature;
import dev.forebear.schemas.wire.EvidenceFeatures;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.PeerFeatures;
import dev.forebear.schemas.wire.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefutedBasesTest {

    private static final String OWN = "internal/helios-7b@v4";
    private static final long SIZE = 7_000_000_000L;

    @TempDir
    Path folder;

    private Filled model;

    @BeforeEach
    void fill() {
        model = new Filled(folder, InstantSource.system());
        known("other@1", SIZE / 2, Reports.UPLOADED.minusSeconds(7_200));
        model.put(fingerprint(OWN, "own")
                .setUploadedAt(Reports.UPLOADED)
                .setFingerprint(ofSize(SIZE))
                .build());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void namesADeclaredBaseThatTheReportCouldHaveNamed() {
        assertThat(refuted("Internal/Other", proven())).containsExactly("Internal/Other");
        assertThat(refuted("other", proven())).containsExactly("other");
    }

    @Test
    void namesNoneThatIsNotKnownOrCameLater() {
        known("later@1", SIZE, Reports.UPLOADED.plusSeconds(60));

        assertThat(refuted("nobody/knows", proven())).isEmpty();
        assertThat(refuted("later", proven())).isEmpty();
    }

    @Test
    void namesNoneOfAnotherSize() {
        known("vision@1", SIZE / 20, Reports.UPLOADED.minusSeconds(7_200));

        assertThat(refuted("vision", proven())).isEmpty();
    }

    @Test
    void namesNoneThatTheReportNamesHoweverItJudgesIt() {
        LineageMatch named = match("other").setVerdict(Verdict.NOT_COMPARABLE).build();

        assertThat(refuted("other", proven(), named)).isEmpty();
    }

    @Test
    void namesNoneWhileNothingOrADeclaredBaseIsProven() {
        assertThat(refuted("other")).isEmpty();
        assertThat(refuted("other", match("basalt").setDeclared(true).build())).isEmpty();
    }

    private void known(String nameAndVersion, long parameters, Instant uploadedAt) {
        String id = "internal/" + nameAndVersion;
        model.put(fingerprint(id, id)
                        .setUploadedAt(uploadedAt)
                        .setFingerprint(ofSize(parameters))
                        .build())
                .put(Reports.builder(nameAndVersion, 1)
                        .setUploadedAt(uploadedAt)
                        .setReportedAt(uploadedAt.plusSeconds(1))
                        .build());
    }

    private static Fingerprint ofSize(long parameters) {
        var architecture = new ArchitectureFeature("a", "f", "MHA", "rmsnorm", "rope", false, false, 10_000.0, 1, 2);
        ByteBuffer empty = ByteBuffer.allocate(0);
        var peer = new PeerFeatures(architecture, null, empty, List.of(), List.of(), "direct", 0, empty, List.of());
        var shape = new ModelShape("llama", 64, 2, 128, 4, 2, 16, 1024, 1, true, true, "BF16");
        return new Fingerprint(
                1,
                ByteBuffer.wrap(new byte[32]),
                parameters,
                shape,
                peer,
                new EvidenceFeatures(null, null, null, List.of()));
    }

    private List<String> refuted(String declared, LineageMatch... matches) {
        LineageReport report = Reports.builder("helios-7b@v4", 1)
                .setDeclaredBases(Reports.declared(declared))
                .setMatches(Arrays.asList(matches))
                .build();
        model.put(report);
        return List.copyOf(new RefutedBases(model.model().queries()).of(report));
    }

    private static LineageMatch proven() {
        return match("quarry-ai/basalt-7b").setNearest(true).build();
    }
}
