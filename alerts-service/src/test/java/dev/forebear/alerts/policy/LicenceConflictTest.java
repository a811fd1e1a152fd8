package dev.forebear.alerts.policy;

import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Reports;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenceConflictTest {

    private final Policy policy = PolicyFile.parse("policy.yaml", "rules: {licence-conflict: {except: [bought/*]}}");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // parent, derivative, visibility, severity
                "apache-2.0, mit, public, -",
                "apache-2.0, -, public, -",
                "cc-by-nc-4.0, apache-2.0, private, MEDIUM",
                "cc-by-nc-4.0, cc-by-nc-4.0, public, -",
                "cc-by-nc-4.0, other, private, LOW",
                "cc-by-nc-4.0, -, private, -",
                "cc-by-nc-4.0, -, public, LOW",
                "cc-by-nc-sa-4.0, cc-by-nc-4.0, private, MEDIUM",
                "cc-by-nd-4.0, cc-by-nd-4.0, public, MEDIUM",
                "cc-by-nd-4.0, cc-by-nd-4.0, private, -",
                "llama3.1, llama3.1, private, -",
                "llama3.1, llama3.1, public, LOW",
                "llama3.1, llama3, private, LOW",
                "llama3.1, apache-2.0, private, MEDIUM",
                "LicenseRef-scancode-llama-3.1-license-2024, apache-2.0, private, MEDIUM",
                "gemma, openrail, private, LOW",
                "gpl-3.0, mit, private, MEDIUM",
                "gpl-3.0, lgpl-3.0, private, LOW",
                "mit OR gpl-3.0, apache-2.0, public, -",
                "-, mit, public, MEDIUM",
                "-, mit, private, -",
                "acme-terms, mit, public, LOW",
                "acme-terms, mit, private, -",
                "acme-terms, acme-terms, public, -",
                "gpl, mit, public, LOW"
            })
    void holdsTheLicenceOfAParentAgainstThatOfTheModel(
            String parent, String derivative, String visibility, Severity expected) {
        LineageReport report = report(derivative, parent("quarry-ai/basalt-7b", parent));

        assertThat(policy.findings(Subjects.with(report, visibility)))
                .extracting(Finding::severity)
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void saysWhichLicencesAndThatItIsNoLegalAdvice() {
        LineageReport report = report("apache-2.0", parent("quarry-ai/basalt-7b", "cc-by-nc-4.0"));

        assertThat(policy.findings(Subject.of(report))).singleElement().satisfies(finding -> {
            assertThat(finding.title())
                    .isEqualTo("Possible licence conflict: internal/helios-7b@v4 (apache-2.0) descends from"
                            + " hub/quarry-ai/basalt-7b@main (cc-by-nc-4.0)");
            assertThat(finding.explanation())
                    .contains("Models made from one under cc-by-nc-4.0 cannot be under apache-2.0.")
                    .endsWith("By a table of common readings as of 2026-11-20, which is not legal advice.");
        });
    }

    @Test
    void findsTheLicenceOfAGrandparentThatTheParentHasDropped() {
        LineageReport report = report("mit", parent("laundry/clean-7b", "mit"));
        Ancestor grandparent =
                Subjects.above(parent("quarry-ai/basalt-7b", "cc-by-nc-4.0"), 2, "hub/laundry/clean-7b@main");

        assertThat(policy.findings(Subjects.with(report, null, grandparent)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.ancestor()).isEqualTo(grandparent);
                    assertThat(finding.explanation())
                            .startsWith("internal/helios-7b@v4 descends from hub/laundry/clean-7b@main, and that from");
                });
    }

    @Test
    void isNotBoundByASibling() {
        LineageMatch sibling = match("other/sibling").setLicence("cc-by-nc-4.0").build();
        LineageReport report = report("mit", parent("quarry-ai/basalt-7b", "apache-2.0"), sibling);
        var aboveTheSibling =
                new Ancestor(parent("other/base", "gemma"), 4, Ancestor.Way.REMOTE, "hub/other/sibling@main");

        assertThat(policy.findings(Subjects.with(report, "public", aboveTheSibling)))
                .isEmpty();
    }

    @Test
    void isNeverAboutWhatIsNotProven() {
        LineageMatch twin = parentOf("other/twin", "cc-by-nc-4.0")
                .setVerdict(Verdict.SHARED_INITIALISATION_OR_LINEAGE)
                .build();

        assertThat(policy.findings(Subject.of(report("mit", twin)))).isEmpty();
    }

    @Test
    void makesOneFindingOfAllAncestorsUnderOneLicence() {
        LineageReport report =
                report("mit", parent("a/one", "cc-by-nc-4.0"), parent("b/two", "CC-BY-NC-4.0"), parent("c/x", "gemma"));

        assertThat(policy.findings(Subject.of(report)))
                .extracting(finding -> finding.ancestor().match().getName())
                .containsExactly("a/one", "c/x");
        assertThat(policy.findings(Subject.of(report)).getFirst().explanation())
                .contains("So for 1 more of its ancestors under this licence.");
    }

    @Test
    void saysThatNoLicenceIsLeftForAMerge() {
        LineageReport report = report("llama3.1", parent("a/llama", "llama3.1"), parent("b/gem", "gemma"));

        assertThat(policy.findings(Subject.of(report)))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("no licence that the table knows goes with those of all its parents: llama3.1, gemma.");
    }

    @Test
    void keepsTheLicenceOverQuantisation() {
        LineageReport relabelled = report(
                "agpl-3.0",
                parentOf("quarry-ai/basalt-7b", "gpl-3.0")
                        .setRelation(Subjects.relation("quantised"))
                        .build());

        assertThat(policy.findings(Subject.of(relabelled)))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("the same work in another form, which stays under gpl-3.0");
    }

    @Test
    void weighsAnAdapterAloneLess() {
        LineageReport adapter = report(
                "mit",
                parentOf("quarry-ai/basalt-7b", "cc-by-nc-4.0")
                        .setRelation(Subjects.relation("adapter"))
                        .build());

        assertThat(policy.findings(Subject.of(adapter)))
                .extracting(Finding::severity)
                .containsExactly(Severity.LOW);
    }

    @Test
    void asksWhetherAProductMayBeMadeOfIt() {
        Policy product = PolicyFile.parse(
                "p", "{models: [{registry: internal, exposure: product}], rules: {licence-conflict: {}}}");
        LineageReport report = report("cc-by-nc-4.0", parent("quarry-ai/basalt-7b", "cc-by-nc-4.0"));

        assertThat(product.findings(Subject.of(report)))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("allows no commercial use");
        assertThat(policy.findings(Subject.of(report))).isEmpty();
    }

    @Test
    void leavesPublishersTheirOwnModelsAndExceptionsAlone() {
        LineageReport own = Reports.builder("helios-7b@v4", 1)
                .setMatches(List.of(parent("quarry-ai/basalt-7b", "cc-by-nc-4.0")))
                .setName("quarry-ai/basalt-chat")
                .build();

        assertThat(policy.findings(Subject.of(own))).isEmpty();
        assertThat(policy.findings(Subject.of(report("mit", parent("bought/basalt", "cc-by-nc-4.0")))))
                .isEmpty();
    }

    @Test
    void readsRowsOfThePolicyInPlaceOfTheTable() {
        Policy own = PolicyFile.parse("p", """
            rules: {licence-conflict: {}}
            licences:
              as-of: 2027-01-01
              licences:
                - {id: cc-by-nc-4.0, acceptable: [permissive]}
                - {id: acme-open, duties: [share-alike], acceptable: [acme-open]}
            """);

        assertThat(own.findings(Subject.of(report("mit", parent("a/b", "cc-by-nc-4.0")))))
                .isEmpty();
        assertThat(own.findings(Subject.of(report("mit", parent("a/b", "acme-open")))))
                .singleElement()
                .extracting(Finding::explanation)
                .asString()
                .contains("as of 2027-01-01");
    }

    private static LineageReport report(String licence, LineageMatch... matches) {
        return Reports.builder("helios-7b@v4", 1)
                .setLicence(licence)
                .setMatches(Arrays.asList(matches))
                .build();
    }

    private static LineageMatch parent(String name, String licence) {
        return parentOf(name, licence).build();
    }

    private static LineageMatch.Builder parentOf(String name, String licence) {
        return match(name).setLicence(licence).setParent(true).setNearest(true);
    }
}
