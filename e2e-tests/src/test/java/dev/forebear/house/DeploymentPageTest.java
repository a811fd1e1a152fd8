package dev.forebear.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of variables against the code that reads them. */
class DeploymentPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| ([a-z, ]+) \\|");

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "worker", "matcher", "alerts"})
    void theTableListsWhatTheServiceReads(String service) {
        assertThat(documented(service)).isEqualTo(understood(service));
    }

    private static Set<String> documented(String service) {
        String page = SourceTree.text(SourceTree.ROOT.resolve("docs/deployment.md"));
        return ROW.matcher(page)
                .results()
                .filter(row -> Set.of(row.group(2).split(", ")).contains(service))
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the files that may hold a secret instead: the page explains them once for all. */
    private static Set<String> understood(String service) {
        Set<String> asked = Programs.read(service, Map.of()).asked();
        return asked.stream()
                .filter(name -> !(name.endsWith("_FILE") && asked.contains(name.substring(0, name.length() - 5))))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
