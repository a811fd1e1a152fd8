package dev.forebear.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.forebear.alerts.policy.licence.LicenceTable;
import dev.forebear.alerts.policy.licence.LicenceTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page docs/policy.md says what the code does. */
class PolicyPageTest {

    private static List<String> page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readAllLines(Path.of("..", "docs", "policy.md"));
    }

    @Test
    void listsTheShippedRules() {
        assertThat(page)
                .containsAll(ShippedRule.ALL.stream()
                        .map(rule -> "| `" + rule.name() + "` | "
                                + rule.severity().name().toLowerCase(Locale.ROOT) + " | " + rule.about() + " |")
                        .toList());
    }

    @Test
    void listsTheWordsOfConditionsAndNoOthers() {
        List<String> words = Stream.of(Vocabulary.MODEL, Vocabulary.BASE, Vocabulary.ANCESTOR, Vocabulary.REPORT)
                .flatMap(List::stream)
                .map(term -> "| `" + term.name() + "` | " + type(term.type()) + " | " + term.meaning() + " |")
                .toList();

        assertThat(page.stream()
                        .filter(line ->
                                line.matches("\\| `\\w+` \\| (text|true or false|whole number|number|time|list) .*")))
                .containsExactlyElementsOf(words);
    }

    @Test
    void listsTheLicencesAsOfTheDateOfTheTable() {
        LicenceTable table = LicenceTableReader.standard();

        assertThat(table.ids())
                .allSatisfy(id -> assertThat(page).as(id).anyMatch(line -> line.startsWith("| " + id + " | ")));
        assertThat(page).anyMatch(line -> line.contains("common readings as of " + table.asOf()));
    }

    @Test
    void showsAPolicyThatIsOne() {
        int begin = page.indexOf("```yaml");
        List<String> example =
                page.subList(begin + 1, page.subList(begin, page.size()).indexOf("```") + begin);

        assertThat(PolicyFile.check(String.join("\n", example))).isInstanceOf(PolicyCheck.Valid.class);
    }

    @Test
    void containersHaveTheRulesThatAreOnByThemselves() {
        assertThat(PolicyFile.read(Path.of("..", "deploy", "policy.yaml")).ruleNames())
                .isEqualTo(PolicyFile.standard().ruleNames());
    }

    private static String type(CelType type) {
        if (type instanceof ListType) {
            return "list";
        }
        return switch ((SimpleType) type) {
            case SimpleType simple when simple.equals(SimpleType.STRING) -> "text";
            case SimpleType simple when simple.equals(SimpleType.BOOL) -> "true or false";
            case SimpleType simple when simple.equals(SimpleType.INT) -> "whole number";
            case SimpleType simple when simple.equals(SimpleType.DOUBLE) -> "number";
            case SimpleType simple when simple.equals(SimpleType.TIMESTAMP) -> "time";
            case SimpleType simple -> simple.name();
        };
    }
}
