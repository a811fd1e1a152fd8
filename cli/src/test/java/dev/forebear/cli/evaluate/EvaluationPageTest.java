package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.NamedParent;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.cli.evaluate.PairOutcome.Judged;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import dev.forebear.signals.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>&";

    private final String page = EvaluationPage.page(evaluation(), Instant.parse("2026-11-20T09:30:00Z"));

    /** A base under a hostile name, its child, a stranger and a model that cannot be read. */
    static Evaluation evaluation() {
        Lineage lineage = new Lineage(List.of(
                entry(HOSTILE, null, List.of()),
                entry("child", "fine-tuned", List.of(HOSTILE)),
                entry("stranger", null, List.of()),
                entry("broken", null, List.of())));
        List<OpenModel> models = List.of(new OpenModel.Unreadable("broken: " + HOSTILE));
        return Evaluation.of(
                "zoo",
                lineage,
                models,
                new Answers(
                        List.of(
                                judged(0, 1, Verdict.DERIVED, -90),
                                judged(0, 2, Verdict.NO_EVIDENCE, 2),
                                judged(1, 2, Verdict.DERIVED, -9),
                                new NotCompared(0, 3, "broken: " + HOSTILE)),
                        List.of(new Claims(
                                1,
                                List.of(new NamedParent(0, Double.NaN, Direction.ORIGIN_FIRST)),
                                "the only relative",
                                Map.of(0, new OriginClaim("cast", "to F16", Direction.CHILD_FIRST, "coarser"))))));
    }

    @Test
    void aNameCannotBecomeMarkup() {
        assertThat(page).doesNotContain("<img", "onerror=alert(1)>");
        assertThat(page.split("</script>", -1))
                .as("two scripts and what follows")
                .hasSize(3);
    }

    @Test
    void loadsNothingFromAnywhere() {
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "url(", "@import", "src=\"", "<link", "innerHTML")
                .contains("default-src 'none'")
                .contains("<title>Forebear evaluation</title>");
    }

    @Test
    void holdsWhatIsDrawn() {
        assertThat(page)
                .contains("\"roc\":[[0.0,0.0],[0.0,1.0],[1.0,1.0]]")
                .contains("\"quantiles\":[[0.25,0.3],[0.75,0.3]]")
                .contains("\"kinds\":{\"fine-tuned\":{\"cast\":1}}")
                .contains("\"date\":\"20 November 2026, 09:30 UTC\"");
    }

    private static Judged judged(int earlier, int later, Verdict verdict, double log10EValue) {
        return new Judged(earlier, later, verdict, -log10EValue, log10EValue, "evidence", new double[] {0.3});
    }

    private static LineageEntry entry(String id, @Nullable String kind, List<String> parents) {
        return new LineageEntry(id, id, "made", kind, parents, List.of(), List.of());
    }
}
