package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.alerts.Reports;
import dev.forebear.runtime.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

    @Test
    void standardPolicyListsEveryShippedRuleAsItIsByItself() {
        String bare = "rules:\n  "
                + String.join(":\n  ", ShippedRule.names())
                        .replace("disallowed-ancestor", "disallowed-ancestor: {enabled: false}");

        assertThat(PolicyFile.standard().rules())
                .containsExactlyElementsOf(PolicyFile.parse("bare", bare).rules());
        assertThat(PolicyFile.standard().ruleNames())
                .hasSize(8)
                .doesNotContain("disallowed-ancestor")
                .containsAll(List.of("undisclosed-ancestry", "licence-conflict", "unsafe-file"));
    }

    @Test
    void leavesRulesOffThatAFileDoesNotList() {
        Policy policy = PolicyFile.parse("p.yaml", "rules: {undisclosed-ancestry: {}}");

        assertThat(policy.ruleNames()).containsExactly("undisclosed-ancestry", "quarantined-ancestor");
        assertThat(policy.rules()).hasSize(9).filteredOn(RuleSummary::enabled).hasSize(2);
    }

    @Test
    void hasAVersionThatChangesWithTheText() {
        assertThat(PolicyFile.parse("p", "rules: {}").version()).isEqualTo("sha256:bd9ca5663c53");
        assertThat(PolicyFile.parse("p", "rules: {} ").version()).isNotEqualTo("sha256:bd9ca5663c53");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), """
            rules:
              undisclosed-ancestry:
              disallowed-ancestor:
                licences:
                  - cc-by-nc-4.0
            """);

        assertThat(PolicyFile.read(file).ruleNames())
                .containsExactly("undisclosed-ancestry", "quarantined-ancestor", "disallowed-ancestor");
    }

    @Test
    void switchesARuleOff() {
        Policy policy = PolicyFile.parse(
                "p.yaml", "rules: {undisclosed-ancestry: {enabled: false}, quarantined-ancestor: {enabled: false}}");

        assertThat(policy.ruleNames()).isEmpty();
    }

    @Test
    void reportsAllProblemsAtOnceWithLineAndColumn() {
        assertThat(problems("""
            rules:
              undisclosed-ancestry:
                severity: urgent
                enabled: maybe
                exept: []
              disallowed-ancestry:
                models: []
              disallowed-ancestor:
                licences: cc-by-nc-4.0
                countries: [Germany]
                models:
                  - hub/a
                  - [nested]
              not-analysed: {reasons: [malformed, bored]}
            models:
              - team: nlp
            version: 1
            """))
                .containsExactly(
                        "p.yaml:3:15: rules.undisclosed-ancestry.severity: expected one of low, medium, high, critical,"
                                + " found 'urgent'",
                        "p.yaml:4:14: rules.undisclosed-ancestry.enabled: expected true or false, found 'maybe'",
                        "p.yaml:5:5: rules.undisclosed-ancestry.exept: expected one of enabled, except, message,"
                                + " routes, severity, title, found 'exept'; did you mean 'except'?",
                        "p.yaml:6:3: rules.disallowed-ancestry: expected a rule of your own to say 'when', or the name"
                                + " of a shipped rule: quarantined-ancestor, undisclosed-ancestry,"
                                + " false-claim-from-scratch, contradicted-declaration, copy-of-someone-elses,"
                                + " licence-conflict, unsafe-file, not-analysed, disallowed-ancestor; did you mean"
                                + " 'disallowed-ancestor'?",
                        "p.yaml:9:15: rules.disallowed-ancestor.licences: expected a list of texts,"
                                + " found 'cc-by-nc-4.0'",
                        "p.yaml:10:16: rules.disallowed-ancestor.countries: expected two letters such as DE, found"
                                + " 'Germany'",
                        "p.yaml:13:9: rules.disallowed-ancestor.models: expected a list of texts, found a list in it",
                        "p.yaml:14:27: rules.not-analysed.reasons: expected some of changed, internal, malformed,"
                                + " missing, refused, unreachable, unsupported, found bored",
                        "p.yaml:16:5: models[1]: expected 'match' or 'registry', found neither",
                        "p.yaml:17:1: version: expected one of families, licences, lists, models, policy, rules,"
                                + " found 'version'");
    }

    @Test
    void refusesARuleThatCanNeverFire() {
        assertThat(problems("rules:\n  disallowed-ancestor:\n    severity: high\n"))
                .containsExactly("p.yaml:3:5: rules.disallowed-ancestor: expected 'models', 'families', 'publishers',"
                        + " 'countries' or 'licences' to list something, or 'enabled: false'; found none");
    }

    @Test
    void pointsAtWhatIsWrongInAConditionWhereItStandsInTheFile() {
        assertThat(problems("""
            rules:
              plain:
                when: ancestor.nam == 'x'
              block:
                when: |
                  ancestor.proven
                    && ancestor.depth == 'far'
              folded:
                when: >-
                  ancestor.proven &&
                  modle.name == ''
              quoted:
                when: 'ancestor.name == ''x'' && foo()'
              escaped:
                when: "ancestor.name == \\"x\\" && ancestor.licence"
              unfinished:
                when: ancestor.name.like(
              regex:
                when: ancestor.name.matches('(')
              about-models:
                for: model
                when: ancestor.proven
            """))
                .containsExactly(
                        "p.yaml:3:19: rules.plain.when: undefined field 'nam'; did you mean 'name'?",
                        "p.yaml:7:27: rules.block.when: found no matching overload for '_==_' applied to '(int,"
                                + " string)'",
                        "p.yaml:11:7: rules.folded.when: undeclared reference to 'modle'; did you mean 'model'?",
                        "p.yaml:13:41: rules.quoted.when: undeclared reference to 'foo'",
                        "p.yaml:15:35: rules.escaped.when: found no matching overload for '_&&_' applied to '(bool,"
                                + " string)'",
                        "p.yaml:17:30: rules.unfinished.when: mismatched input '<EOF>'",
                        "p.yaml:19:33: rules.regex.when: Regex validation failed. Reason: Unclosed group near index 1"
                                + " (",
                        "p.yaml:22:11: rules.about-models.when: undeclared reference to 'ancestor'; did you mean"
                                + " 'ancestors'?");
    }

    @Test
    void readsListsFamiliesAndPlacements() {
        Policy policy = PolicyFile.parse("p.yaml", """
            policy: 1
            lists: {ours: ["our-org/*", "internal/*"]}
            families: [{name: Basalt, publisher: Quarry AI, country: de, models: ["quarry-ai/*"]}]
            models:
              - {match: [helios-*], team: nlp}
              - {registry: internal, team: all, exposure: product, owner: ana}
            rules:
              foreign:
                when: ancestor.family == 'Basalt' && ancestor.country == 'DE' && !ancestor.name.like(lists.ours)
                severity: low
                routes: [legal]
            """);

        Finding finding = policy.findings(Subject.of(Reports.of("helios-7b@v4", Reports.base("quarry-ai/basalt-7b"))))
                .getFirst();

        assertThat(finding.rule()).isEqualTo("foreign");
        assertThat(finding.routes()).containsExactly("legal");
        assertThat(finding.placement()).isEqualTo(new Placement("nlp", Exposure.PRODUCT, "ana"));
        assertThat(finding.origin()).isEqualTo(new Origin("Basalt", "Quarry AI", "DE"));
    }

    @Test
    void refusesPlaceholdersThatStandForNothing() {
        assertThat(problems("rules: {a: {when: 'true', for: model, message: '{model} {odds} {secret}'}}"))
                .containsExactly("p.yaml:1:48: rules.a.message: expected placeholders of {model}, {licence}, {finding},"
                        + " {team}, {owner}, found {odds}, {secret}");
    }

    @Test
    void refusesTheSameKeyTwice() {
        assertThat(problems("rules: {}\nrules: {}\n"))
                .containsExactly("p.yaml:2:1: rules: expected each key once, found it again");
    }

    @Test
    void refusesTextThatIsNotYaml() {
        assertThat(problems("rules:\n  - [a\n")).singleElement().asString().startsWith("p.yaml:2:7: expected YAML");
    }

    @Test
    void refusesAliases() {
        assertThat(problems("rules:\n  undisclosed-ancestry: &a {}\n  disallowed-ancestor: *a\n"))
                .contains("p.yaml:3:24: expected a value, found an alias; write the value out");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(problems("[".repeat(10_000))).singleElement().asString().contains("expected YAML");
    }

    @Test
    void refusesPatternsWithTooManyStars() {
        assertThat(problems("rules: {undisclosed-ancestry: {except: ['a*b*c*d*e*f*']}}"))
                .singleElement()
                .asString()
                .contains("at most 5 '*'");
    }

    @Test
    void namesAFileThatIsMissing(@TempDir Path folder) {
        Path missing = folder.resolve("none.yaml");

        assertThatThrownBy(() -> PolicyFile.read(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": expected a readable file, found NoSuchFileException");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> PolicyFile.parse("p.yaml", yaml))
                .problems();
    }
}
