package dev.forebear.alerts.policy;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.alerts.Reports;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRuleTest {

    private static final LineageReport REPORT = Reports.builder("helios-7b@v4", 1)
            .setDeclaredBases(Reports.declared("quarry-ai/basalt-7b"))
            .setMatches(List.of(
                    match("quarry-ai/basalt-7b")
                            .setNearest(true)
                            .setParent(true)
                            .setDeclared(true)
                            .setRelation(Subjects.relation("fine-tuned"))
                            .setMergeWeight(0.5)
                            .build(),
                    match("quarry-ai/twin")
                            .setVerdict(Verdict.SHARED_INITIALISATION_OR_LINEAGE)
                            .build()))
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ancestor.id == 'hub/quarry-ai/basalt-7b@main' && ancestor.name.like('QUARRY-ai/*')",
                "ancestor.licence == 'apache-2.0' && ancestor.licence.demands('attribution')",
                "ancestor.licence.permits(model.licence) && !'gemma'.permits(model.licence)",
                "ancestor.proven && ancestor.nearest && ancestor.parent && ancestor.declared && ancestor.direct",
                "ancestor.depth == 1 && ancestor.relation == 'fine-tuned' && ancestor.mergeWeight > 0.4",
                "ancestor.log10EValue < -10 && ancestor.verdict == 'derived' && ancestor.basis == 'exact'",
                "ancestor.publisher == 'quarry-ai' && ancestor.family == '' && ancestor.country == ''",
                "!ancestor.sameModel && !ancestor.remote && ancestor.uploadedAt < model.uploadedAt",
                "model.bases.exists(base, base.name == ancestor.name && base.strength == 'stated')",
                "model.registry == 'internal' && model.version == 'v4' && model.licence == 'mit' && model.analysed",
                "model.team == 'nlp' && model.exposure == 'internal' && model.owner == '' && !model.claimsFromScratch",
                "ancestors.filter(a, !a.proven).size() == 1 && report.comparedModels == 4211 && report.matches == 2",
                "report.at - model.uploadedAt < duration('1h') && ancestor.name in lists.known",
                "ancestor.name.matches('^quarry-ai/.*b$')"
            })
    void seesWhatTheVocabularySays(String condition) {
        assertThat(findings(condition, "", REPORT))
                .as(condition)
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.ancestor().match().getName()).isEqualTo("quarry-ai/basalt-7b"));
    }

    @Test
    void isHeldAgainstProvenAncestorsUnlessItAsksForAll() {
        assertThat(findings("true", "", REPORT)).hasSize(1);
        assertThat(findings("!ancestor.proven", "", REPORT)).isEmpty();
        assertThat(findings("!ancestor.proven", "over: all-matches", REPORT))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .startsWith("Not proven: ");
    }

    @Test
    void isHeldAgainstTheModelOnceWhenItIsAboutModels() {
        LineageReport broken = Reports.builder("broken@1", 1)
                .setNotAnalysed(new NotAnalysed("unsupported", "no"))
                .build();

        assertThat(findings("model.notAnalysedReason == 'unsupported'", "for: model", broken))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.ancestor()).isNull();
                    assertThat(finding.title()).isEqualTo("own: internal/broken@1");
                });
        assertThat(findings("model.notAnalysedReason != ''", "for: model", REPORT))
                .isEmpty();
    }

    @Test
    void saysWhatItsAuthorWantsSaid() {
        Finding finding = findings(
                        "true",
                        "severity: critical, title: 'Look at {model}', message: '{ancestor} ({licence}, {odds}):"
                                + " {finding} Ask {team} or {owner}.'",
                        REPORT)
                .getFirst();

        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.title()).isEqualTo("Look at internal/helios-7b@v4");
        assertThat(finding.explanation())
                .startsWith("hub/quarry-ai/basalt-7b@main (apache-2.0, 1 in 10^78 by chance): The weights of")
                .endsWith("Ask nlp or nobody.");
    }

    @Test
    void tellsThatItCouldNotBeEvaluated() {
        assertThat(findings("1 / (model.name.size() - 9) > 0", "for: model, title: hidden", REPORT))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.title()).isEqualTo("Rule own could not be evaluated on internal/helios-7b@v4");
                    assertThat(finding.explanation()).contains("/ by zero").doesNotContain("\n");
                    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
                });
    }

    @Test
    void tellsOfAFailureBesideWhatItFound() {
        LineageMatch[] both = {base("a/first"), base("b/0")};

        assertThat(findings("1 / (ancestor.name.size() - 3) > 0 || true", "", Reports.of("helios-7b@v4", both)))
                .hasSize(2);
        assertThat(findings("1 / (ancestor.name.size() - 3) >= 0", "", Reports.of("helios-7b@v4", both)))
                .extracting(finding -> finding.ancestor() == null)
                .containsExactly(false, true);
    }

    @Test
    void ofManyAncestorsTellsOfTheNearestAndCountsTheRest() {
        List<LineageMatch> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(base("a/" + i));
        }
        LineageReport report =
                Reports.builder("helios-7b@v4", 1).setMatches(many).build();

        List<Finding> findings = findings("true", "", report);

        assertThat(findings).hasSize(20);
        assertThat(findings.getLast().explanation()).contains("80 more ancestors");
    }

    @Test
    void endsAnEvaluationThatGoesOnForLong() {
        List<LineageMatch> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(base("a/" + i));
        }
        LineageReport report =
                Reports.builder("helios-7b@v4", 1).setMatches(many).build();

        assertThat(findings("ancestors.all(a, ancestors.all(b, ancestors.all(c, c.proven)))", "for: model", report))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("Iteration budget exceeded");
    }

    @Test
    void refusesConditionsOfAnySizeAndDepth() {
        assertThat(problem("true" + " && true".repeat(2_000))).contains("expected at most 10000 characters");
        assertThat(problem("(".repeat(500) + "true" + ")".repeat(500))).contains("recursion limit");
        assertThat(problem("[".repeat(500) + "]".repeat(500))).contains("recursion limit");
        assertThat(problem("ancestor.name + '" + "é".repeat(100) + "'")).contains("expected type 'bool'");
    }

    @Test
    void refusesRegularExpressionsThatExplode() {
        assertThat(findings("ancestor.name.matches('((((a{1,99}){1,99}){1,99}){1,9})')", "", REPORT))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("program size");
        assertThat(findings("ancestor.name.matches('(a*)*(a*)*b$')", "", REPORT))
                .hasSize(1);
    }

    @Test
    void reachesNothingOutside() {
        assertThat(problem("java.lang.System.exit(1) == 0")).contains("undeclared reference");
        assertThat(problem("getClass() == 0")).contains("undeclared reference");
        assertThat(problem("model.getClass() == 0")).contains("undeclared reference");
        assertThat(problem("env('HOME') == ''")).contains("undeclared reference");
    }

    @Test
    void bringsNamesWithControlCharactersToOneHarmlessLine() {
        LineageReport report = Reports.builder("helios-7b@v4", 1)
                .setModelVersionId("internal/a\r\nBcc: x\u0007\u202Egpj.exe{ancestor}$1\\@1")
                .setMatches(List.of(base("quarry-ai/basalt-7b")))
                .build();

        Finding finding = findings("true", "message: '{model} is made from {ancestor}'", report)
                .getFirst();

        assertThat(finding.explanation())
                .isEqualTo("internal/a  Bcc: x\uFFFD\uFFFDgpj.exe{ancestor}$1\\@1 is made from"
                        + " hub/quarry-ai/basalt-7b@main");
        assertThat(finding.title()).doesNotContain("\r", "\n", "\u202E");
    }

    private static List<Finding> findings(String condition, String settings, LineageReport report) {
        return policy(condition, settings).findings(Subject.of(report));
    }

    private static Policy policy(String condition, String settings) {
        return PolicyFile.parse(
                "p.yaml",
                "{lists: {known: [quarry-ai/basalt-7b]}, models: [{registry: internal, team: nlp}], rules: {own:"
                        + " {when: '"
                        + condition.replace("'", "''") + "'" + (settings.isEmpty() ? "" : ", " + settings) + "}}}");
    }

    private static String problem(String condition) {
        return catchThrowableOfType(ConfigurationException.class, () -> policy(condition, ""))
                .problems()
                .getFirst();
    }
}
