package dev.forebear.alerts.policy;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.SignatureCheck;
import dev.forebear.schemas.wire.SignatureState;
import dev.forebear.schemas.wire.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the standard policy but for undisclosed and disallowed ancestors and licences. */
class ShippedRulesTest {

    private static final Policy STANDARD = PolicyFile.standard();

    @Nested
    class FalseClaimFromScratch {

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "none, -",
                    "Scratch, -",
                    "trained from scratch, -",
                    "from scratch, from-scratch",
                    "anything, from_scratch"
                })
        void firesWhenTheWeightsProveABase(String name, String relation) {
            LineageReport report = claim(name, relation, base("quarry-ai/basalt-7b"));

            assertThat(findings(report)).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("false-claim-from-scratch");
                assertThat(finding.severity()).isEqualTo(Severity.HIGH);
                assertThat(finding.title())
                        .isEqualTo(
                                "Not from scratch: internal/helios-7b@v4 descends from hub/quarry-ai/basalt-7b@main");
                assertThat(finding.explanation()).endsWith("It says that it was trained from scratch.");
            });
        }

        @Test
        void believesItWhereNothingIsProven() {
            assertThat(findings(claim("none", null, twin("quarry-ai/basalt-7b"))))
                    .isEmpty();
            assertThat(findings(claim("none", null))).isEmpty();
        }

        @Test
        void takesNoNameOfAModelForAClaim() {
            assertThat(findings(claim("org/from-scratch-7b", null, base("quarry-ai/basalt-7b"))))
                    .extracting(Finding::rule)
                    .containsExactly("undisclosed-ancestry");
        }

        @Test
        void isNotAboutEarlierVersionsOfTheModel() {
            LineageMatch earlier = match("helios-7b")
                    .setNearest(true)
                    .setRegistry("internal")
                    .setModelVersionId("internal/helios-7b@v3")
                    .build();

            assertThat(findings(claim("none", null, earlier))).isEmpty();
        }

        private LineageReport claim(String name, String relation, LineageMatch... matches) {
            return Reports.builder("helios-7b@v4", 1)
                    .setDeclaredBases(
                            List.of(new DeclaredBase(name, relation, "model-card", DeclarationStrength.STATED, null)))
                    .setMatches(Arrays.asList(matches))
                    .build();
        }
    }

    @Nested
    class ContradictedDeclarationRule {

        @Test
        void firesWhenAKnownBaseIsDeclaredAndAnotherIsProven() {
            assertThat(findings(declaring(Set.of("zoo/other"), base("quarry-ai/basalt-7b"))))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).isEqualTo("contradicted-declaration");
                        assertThat(finding.title())
                                .isEqualTo("Contradicted declaration: internal/helios-7b@v4 declares zoo/other and"
                                        + " descends from hub/quarry-ai/basalt-7b@main");
                    });
        }

        @Test
        void leavesItToUndisclosedAncestryWhileTheDeclaredBaseIsNotKnown() {
            assertThat(findings(declaring(Set.of(), base("quarry-ai/basalt-7b"))))
                    .extracting(Finding::rule)
                    .containsExactly("undisclosed-ancestry");
        }

        @Test
        void accusesNobodyWhereNothingIsProven() {
            assertThat(findings(declaring(Set.of("zoo/other"), twin("quarry-ai/basalt-7b"))))
                    .isEmpty();
        }

        @Test
        void takesTheSecondDeclaredBaseForTheSmallShareOfAMerge() {
            LineageMatch declared = match("quarry-ai/basalt-7b")
                    .setNearest(true)
                    .setDeclared(true)
                    .build();

            assertThat(findings(declaring(Set.of("zoo/other"), declared))).isEmpty();
        }

        private Subject declaring(Set<String> refuted, LineageMatch... matches) {
            LineageReport report = Reports.builder("helios-7b@v4", 1)
                    .setDeclaredBases(Reports.declared("zoo/other"))
                    .setMatches(Arrays.asList(matches))
                    .build();
            return new Subject(report, null, null, Subject.of(report).ancestors(), refuted);
        }
    }

    @Nested
    class CopyOfSomeoneElses {

        @Test
        void isToldInPlaceOfUndisclosedAncestry() {
            assertThat(findings(Reports.of(
                            "helios-7b@v4",
                            copy("quarry-ai/basalt-7b").setNearest(true).build())))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).isEqualTo("copy-of-someone-elses");
                        assertThat(finding.explanation())
                                .contains("are the same, value by value", "They are those of quarry-ai");
                    });
        }

        @Test
        void isToldEvenWhereABaseOfTheOriginalIsDeclared() {
            LineageMatch grandparent =
                    match("origin/granite").setDeclared(true).setNearest(true).build();

            assertThat(findings(Reports.of(
                            "helios-7b@v4",
                            grandparent,
                            copy("quarry-ai/basalt-7b").build())))
                    .extracting(Finding::rule)
                    .containsExactly("copy-of-someone-elses");
        }

        @Test
        void isNoneWhenItIsDeclaredOrUnderItsNameOrWithoutAPublisher() {
            assertThat(findings(Reports.of(
                            "helios-7b@v4",
                            copy("quarry-ai/basalt-7b").setDeclared(true).build())))
                    .isEmpty();
            assertThat(findings(Reports.of(
                            "basalt-7b@v4", copy("quarry-ai/basalt-7b").build())))
                    .isEmpty();
            assertThat(findings(Reports.of("helios-7b@v4", copy("basalt-7b").build())))
                    .isEmpty();
        }

        @Test
        void doesNotAccuseWhoWasFirst() {
            LineageMatch own = copy("helios-7b")
                    .setRegistry("internal")
                    .setModelVersionId("internal/helios-7b@v3")
                    .setUploadedAt(Reports.UPLOADED.minusSeconds(900_000))
                    .build();

            assertThat(findings(Reports.of(
                            "helios-7b@v4", own, copy("quarry-ai/basalt-7b").build())))
                    .isEmpty();
        }

        private LineageMatch.Builder copy(String name) {
            return match(name).setVerdict(Verdict.SAME_WEIGHTS);
        }
    }

    @Nested
    class NotAnalysedRules {

        @ParameterizedTest
        @ValueSource(strings = {"malformed", "unsupported", "refused"})
        void tellsOfWhatWillNotPass(String reason) {
            assertThat(findings(notAnalysed(reason)))
                    .extracting(Finding::rule, Finding::severity, Finding::ancestor)
                    .containsExactly(tuple("not-analysed", Severity.LOW, null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"missing", "changed", "unreachable", "internal"})
        void leavesOutWhatPasses(String reason) {
            assertThat(findings(notAnalysed(reason))).isEmpty();
        }

        @Test
        void tellsOfReasonsThatThePolicyLists() {
            Policy policy = PolicyFile.parse("p", "rules: {not-analysed: {reasons: [missing], except: ['draft-*']}}");

            assertThat(policy.findings(Subject.of(notAnalysed("missing")))).hasSize(1);
            assertThat(policy.findings(Subject.of(notAnalysed("malformed")))).isEmpty();
            assertThat(policy.findings(Subject.of(Reports.builder("draft-1@v1", 1)
                            .setNotAnalysed(new NotAnalysed("missing", "no"))
                            .build())))
                    .isEmpty();
        }

        @Test
        void tellsOfAnUnsafeFileAsSuchOnly() {
            assertThat(findings(notAnalysed("unsafe"))).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("unsafe-file");
                assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(finding.explanation()).contains("calls os.system");
            });
        }

        @Test
        void tellsOfFilesThatTheirSignatureContradicts() {
            assertThat(findings(signed(SignatureState.TAMPERED).build()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).isEqualTo("unsafe-file");
                        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                        assertThat(finding.title())
                                .isEqualTo("Tampered: internal/signed@1 is not what its own signature says");
                        assertThat(finding.explanation())
                                .startsWith("The signature model.sig contradicts the files: config.json: expected")
                                .contains("Who signed it was not checked.");
                    });
        }

        @Test
        void tellsOfAnUnsafeFileThatIsTamperedOnce() {
            LineageReport both = signed(SignatureState.TAMPERED)
                    .setNotAnalysed(new NotAnalysed("unsafe", "model.bin: calls os.system"))
                    .build();

            assertThat(findings(both)).singleElement().satisfies(finding -> {
                assertThat(finding.title()).startsWith("Unsafe file: ");
                assertThat(finding.explanation()).contains("calls os.system", "contradicts the files: config.json");
            });
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TAMPERED")
        void accusesNobodyForASignatureThatContradictsNothing(SignatureState state) {
            assertThat(findings(signed(state).build())).isEmpty();
        }

        private LineageReport.Builder signed(SignatureState state) {
            return Reports.builder("signed@1", 1)
                    .setMatches(List.of())
                    .setSignature(new SignatureCheck("model.sig", state, "config.json: expected a, found b", 2, 1));
        }

        private LineageReport notAnalysed(String reason) {
            return Reports.builder("broken@1", 1)
                    .setNotAnalysed(new NotAnalysed(reason, "model.bin: calls os.system"))
                    .build();
        }
    }

    @Nested
    class DisallowedByOrigin {

        @ParameterizedTest
        @CsvSource({
            "families: [llama], meta-llama/Llama-3.1-8B, its family llama is on the list of families",
            "publishers: [Meta], meta-llama/Llama-3.1-8B, its publisher Meta is on the list of publishers",
            "publishers: [meta-llama], meta-llama/Llama-3.1-8B, its publisher meta-llama is on",
            "countries: [us], meta-llama/Llama-3.1-8B, its country US is on the list of countries",
            "licences: [Apache License 2.0], quarry-ai/basalt, its licence Apache License 2.0 is on the list"
        })
        void firesOnWhatTheCatalogueKnows(String entry, String ancestor, String reason) {
            assertThat(policy(entry).findings(Subject.of(Reports.of("helios-7b@v4", base(ancestor)))))
                    .singleElement()
                    .extracting(Finding::explanation)
                    .asString()
                    .contains(reason);
        }

        @Test
        void isSilentOnOthers() {
            assertThat(policy("countries: [US]").findings(Subject.of(Reports.of("h@1", base("quarry-ai/basalt")))))
                    .isEmpty();
        }

        private Policy policy(String entry) {
            return PolicyFile.parse("p", "rules: {disallowed-ancestor: {" + entry + "}}");
        }
    }

    private static LineageMatch twin(String name) {
        return match(name).setVerdict(Verdict.SHARED_INITIALISATION_OR_LINEAGE).build();
    }

    private static List<Finding> findings(LineageReport report) {
        return findings(Subject.of(report));
    }

    private static List<Finding> findings(Subject subject) {
        return STANDARD.findings(subject);
    }
}
