package dev.forebear.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.Forebear;
import dev.forebear.cli.console.Console;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents say is what the code does. */
class DocumentationTest {

    private static String document(String name) {
        return SourceTree.text(SourceTree.ROOT.resolve(name));
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void theTableOfTopicsIsTheTableInTheCode() {
        var document = document("docs/topics.md");
        assertThat(Topics.all()).allSatisfy(topic -> assertThat(document).contains(row(topic)));
        assertThat(matches("^\\| `([a-z-]+)` \\|", document))
                .containsExactlyElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    private static String row(Topic<?> topic) {
        var cleanup = topic.cleanup().toString().toLowerCase(Locale.ROOT);
        return "| `" + topic.name() + "` | " + topic.key() + " | `"
                + topic.type().getSimpleName() + "` | " + cleanup;
    }

    @Test
    void everyGuaranteeNamesATestThatExists() {
        var named = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`")
                .matcher(document("docs/guarantees.md"))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(20).allSatisfy(DocumentationTest::assertExists);
    }

    private static void assertExists(MatchResult test) {
        assertThat(SourceTree.files("/" + test.group(1) + ".java"))
                .as(test.group())
                .singleElement()
                .satisfies(file -> assertThat(SourceTree.text(file)).contains("void " + test.group(2) + "("));
    }

    @Test
    void theReadmeListsTheCommandsOfTheProgram() {
        var console = Console.of(
                new PrintStream(new ByteArrayOutputStream(), true), new PrintStream(new ByteArrayOutputStream(), true));
        var commands = Forebear.commandLine(console, Map.of()).getSubcommands().keySet();
        var listed = matches("^\\| `([a-z]+)[ a-zA-Z]*` \\| ", document("README.md"));
        assertThat(listed).containsAll(commands);
    }

    @Test
    void everyLinkLeadsToAFile() {
        assertThat(SourceTree.files(".md"))
                .allSatisfy(file -> assertThat(matches("\\]\\((?!https?:)([^)#]+)[^)]*\\)", SourceTree.text(file)))
                        .allSatisfy(link -> assertThat(Files.exists(
                                        file.resolveSibling(Path.of(link)).normalize()))
                                .as("%s in %s", link, file)
                                .isTrue()));
    }

    @Test
    void theModulesOfTheReadmeAreThoseOfTheBuild() {
        var modules = matches("<module>([a-z0-9-]+)</module>", document("pom.xml"));
        assertThat(modules)
                .allSatisfy(module -> assertThat(document("README.md")).contains("| `" + module + "` |"));
    }
}
