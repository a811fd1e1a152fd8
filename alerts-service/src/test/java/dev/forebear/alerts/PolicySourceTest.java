package dev.forebear.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySourceTest {

    @TempDir
    Path folder;

    private Path file;
    private PolicySource source;

    @BeforeEach
    void writeAPolicy() throws Exception {
        file = Files.writeString(folder.resolve("policy.yaml"), "rules: {}");
        source = PolicySource.file(file);
    }

    @Test
    void usesAGoodNewText() throws Exception {
        Files.writeString(file, "rules: {undisclosed-ancestry: {}}");
        source.refresh();

        assertThat(source.current().ruleNames()).containsExactly("undisclosed-ancestry", "quarantined-ancestor");
        assertThat(source.problem()).isEmpty();
    }

    @Test
    void keepsTheFormerPolicyAndSaysInOneLineWhatIsWrong() throws Exception {
        Files.writeString(file, "rules: {undisclosed-ancestry: {severity: urgent}, nonsense: {}}");
        source.refresh();

        assertThat(source.current().ruleNames()).containsExactly("quarantined-ancestor");
        assertThat(source.problem().orElseThrow())
                .startsWith("the former policy stays: " + file + ":1:")
                .contains("(and ")
                .doesNotContain("\n");
    }

    @Test
    void forgetsTheProblemWhenTheFormerTextIsBack() throws Exception {
        Files.delete(file);
        source.refresh();
        assertThat(source.problem()).isPresent();

        Files.writeString(file, "rules: {}");
        source.refresh();
        assertThat(source.problem()).isEmpty();
    }
}
