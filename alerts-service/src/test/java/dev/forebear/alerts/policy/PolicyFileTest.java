package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

    @Test
    void standardPolicyLooksForUndisclosedAncestryOnly() {
        assertThat(PolicyFile.standard().ruleNames()).containsExactly("undisclosed-ancestry");
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

        assertThat(PolicyFile.read(file).ruleNames()).containsExactly("undisclosed-ancestry", "disallowed-ancestor");
    }

    @Test
    void switchesARuleOff() {
        Policy policy = PolicyFile.parse("p.yaml", "rules: {undisclosed-ancestry: {enabled: false}}");

        assertThat(policy.ruleNames()).isEmpty();
    }

    @Test
    void reportsAllProblemsAtOnceWithLineAndColumn() {
        assertThat(problems("""
            rules:
              undisclosed-ancestry:
                severity: urgent
                enabled: maybe
              disallowed-ancestry:
                models: []
              disallowed-ancestor:
                licences: cc-by-nc-4.0
                models:
                  - hub/a
                  - [nested]
            version: 1
            """))
                .containsExactly(
                        "p.yaml:3:15: rules.undisclosed-ancestry.severity: expected one of low, medium, high, critical,"
                                + " found 'urgent'",
                        "p.yaml:4:14: rules.undisclosed-ancestry.enabled: expected true or false, found 'maybe'",
                        "p.yaml:5:3: rules.disallowed-ancestry: expected one of disallowed-ancestor,"
                                + " undisclosed-ancestry, found 'disallowed-ancestry'",
                        "p.yaml:8:15: rules.disallowed-ancestor.licences: expected a list of texts,"
                                + " found 'cc-by-nc-4.0'",
                        "p.yaml:11:9: rules.disallowed-ancestor.models: expected a list of texts, found a list in it",
                        "p.yaml:12:1: version: expected one of rules, found 'version'");
    }

    @Test
    void refusesARuleThatCanNeverFire() {
        assertThat(problems("rules:\n  disallowed-ancestor:\n    severity: high\n"))
                .containsExactly("p.yaml:3:5: rules.disallowed-ancestor: expected 'models' or 'licences' to list"
                        + " something, or 'enabled: false'; found neither");
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
