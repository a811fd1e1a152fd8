package dev.forebear.alerts.policy;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {

    private static final String BASALT = "hub/quarry-ai/basalt-7b@main";

    @Nested
    class UndisclosedAncestryRule {

        private final Policy policy = PolicyFile.parse("policy.yaml", "rules: {undisclosed-ancestry: {}}");

        @Test
        void firesOnNearestProvenBaseThatIsNotDeclared() {
            LineageReport report = Reports.of(
                    "helios-7b@v4", base("quarry-ai/basalt-7b"), match("older").build());

            assertThat(findings(policy, report)).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("undisclosed-ancestry");
                assertThat(finding.severity()).isEqualTo(Severity.HIGH);
                assertThat(finding.ancestor().match().getModelVersionId()).isEqualTo(BASALT);
                assertThat(finding.title())
                        .isEqualTo("Undisclosed ancestor: internal/helios-7b@v4 descends from " + BASALT);
                assertThat(finding.explanation())
                        .contains("1 in 10^78 by chance among 4,211 models", "declares no base");
            });
        }

        @Test
        void staysSilentWhenTheBaseIsDeclared() {
            LineageReport report = Reports.of(
                    "helios-7b@v4",
                    match("quarry-ai/basalt-7b")
                            .setNearest(true)
                            .setDeclared(true)
                            .build());

            assertThat(findings(policy, report)).isEmpty();
        }

        @Test
        void staysSilentAboutTheGrandparentWhenTheParentIsDeclared() {
            LineageReport report =
                    Reports.of("helios-7b@v4", match("parent").setDeclared(true).build(), base("grandparent"));

            assertThat(findings(policy, report)).isEmpty();
        }

        @Test
        void firesWhenTheDeclaredModelIsNotProven() {
            LineageMatch lie = match("other")
                    .setDeclared(true)
                    .setVerdict(Verdict.SHARED_INITIALISATION_OR_LINEAGE)
                    .build();
            LineageReport report = Reports.builder("helios-7b@v4", 1)
                    .setMatches(List.of(base("quarry-ai/basalt-7b"), lie))
                    .setDeclaredBases(Reports.declared("zoo/other"))
                    .build();

            assertThat(findings(policy, report))
                    .singleElement()
                    .extracting(Finding::explanation)
                    .asString()
                    .contains("It declares zoo/other, which its weights do not confirm");
        }

        @Test
        void namesACopyACopy() {
            LineageMatch copy = match("quarry-ai/basalt-7b")
                    .setNearest(true)
                    .setVerdict(Verdict.SAME_WEIGHTS)
                    .build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", copy)))
                    .singleElement()
                    .extracting(Finding::title)
                    .isEqualTo("Undisclosed copy: internal/helios-7b@v4 has the weights of " + BASALT);
        }

        @Test
        void countsACopyUnderTheSameNameAsDisclosed() {
            LineageMatch mirrored = match("quarry-ai/basalt-7b")
                    .setNearest(true)
                    .setVerdict(Verdict.SAME_WEIGHTS)
                    .build();

            assertThat(findings(policy, Reports.of("mirror/basalt-7b@1", mirrored)))
                    .isEmpty();
        }

        @Test
        void countsAnEarlierVersionOfTheModelAsDisclosed() {
            LineageMatch earlier = match("helios-7b")
                    .setNearest(true)
                    .setRegistry("internal")
                    .setModelVersionId("internal/helios-7b@v3")
                    .build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", earlier))).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Verdict.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"DERIVED", "SAME_WEIGHTS"})
        void neverFiresOnAnUnprovenVerdict(Verdict verdict) {
            LineageMatch unproven =
                    match("twin").setNearest(true).setVerdict(verdict).build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", unproven))).isEmpty();
        }

        @Test
        void doesNotFireBecauseAModelWasNotAnalysed() {
            LineageReport report = Reports.builder("broken@1", 1)
                    .setNotAnalysed(Reports.malformed())
                    .setMatches(List.of())
                    .build();

            assertThat(findings(policy, report)).isEmpty();
        }

        @Test
        void firesOnACopyOfWeightsThatNoStatisticReads() {
            LineageReport report = Reports.builder("packed@1", 1)
                    .setNotAnalysed(Reports.malformed())
                    .setMatches(List.of(base("quarry-ai/basalt-7b")))
                    .build();

            assertThat(findings(policy, report)).hasSize(1);
        }

        @Test
        void leavesOutBasesThatNeedNoDisclosure() {
            Policy except = PolicyFile.parse("policy.yaml", """
                rules:
                  undisclosed-ancestry:
                    except: ["hub/Quarry-AI/*"]
                """);

            assertThat(findings(except, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b"))))
                    .isEmpty();
        }
    }

    @Nested
    class DisallowedAncestorRule {

        private final Policy policy = PolicyFile.parse("policy.yaml", """
            rules:
              disallowed-ancestor:
                severity: medium
                models: [hub/quarry-ai/basalt-7b, "poison-*"]
                licences: [CC-BY-NC-4.0]
            """);

        @Test
        void firesOnAListedModelEvenWhenItIsDeclaredAndNotTheNearest() {
            LineageReport report = Reports.of(
                    "helios-7b@v4",
                    base("parent"),
                    match("quarry-ai/basalt-7b").setDeclared(true).build());

            assertThat(findings(policy, report)).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("disallowed-ancestor");
                assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
                assertThat(finding.ancestor().match().getModelVersionId()).isEqualTo(BASALT);
                assertThat(finding.explanation())
                        .endsWith("does not allow " + BASALT
                                + " (apache-2.0): 'hub/quarry-ai/basalt-7b' is on the list of models.");
            });
        }

        @Test
        void namesOneBasePerLicenceAndPrefersTheNearest() {
            LineageMatch earliest = match("a")
                    .setLicence("cc-by-nc-4.0")
                    .setUploadedAt(Reports.UPLOADED.minusSeconds(999_999))
                    .build();
            LineageMatch nearest =
                    match("b").setLicence("cc-by-nc-4.0").setNearest(true).build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", earliest, nearest)))
                    .singleElement()
                    .extracting(finding -> finding.ancestor().match().getName())
                    .isEqualTo("b");
        }

        @Test
        void makesOneFindingOfSeveralReasonsForOneBase() {
            LineageMatch base = match("poison-7b").setLicence("cc-by-nc-4.0").build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", base)))
                    .singleElement()
                    .extracting(Finding::explanation)
                    .asString()
                    .contains("'poison-*' is on the list of models, and its licence CC-BY-NC-4.0 is on the list");
        }

        @Test
        void neverFiresOnSharedInitialisation() {
            LineageMatch twin = match("poison-7b")
                    .setVerdict(Verdict.SHARED_INITIALISATION_OR_LINEAGE)
                    .build();

            assertThat(findings(policy, Reports.of("helios-7b@v4", twin))).isEmpty();
        }

        @Test
        void staysSilentAboutBasesThatAreNotListed() {
            assertThat(findings(policy, Reports.of("helios-7b@v4", base("granite-7b"))))
                    .isEmpty();
        }
    }

    private static List<Finding> findings(Policy policy, LineageReport report) {
        return policy.findings(Subject.of(report));
    }
}
