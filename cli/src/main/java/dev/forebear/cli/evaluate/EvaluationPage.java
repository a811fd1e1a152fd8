package dev.forebear.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An evaluation as a page with pictures. */
final class EvaluationPage {

    /** More points than pixels show nothing. */
    private static final int QUANTILES = 400;

    private EvaluationPage() {}

    static void write(Path file, Evaluation evaluation, Instant now) throws IOException {
        Files.writeString(file, page(evaluation, now));
    }

    static String page(Evaluation evaluation, Instant now) {
        ObjectNode data = EvaluationJson.of(evaluation);
        data.put("date", Page.date(now));
        roc(data.putArray("roc"), evaluation.pairs().roc());
        quantiles(data.putArray("quantiles"), evaluation.pairs().uniformity().pValues());
        return Page.of("Forebear evaluation", EvaluationPage.class, data);
    }

    private static void roc(ArrayNode node, RocCurve curve) {
        curve.points().forEach(point -> pair(node, point.falsePositives(), point.truePositives()));
    }

    /** Expected beside observed p-values, evenly spaced. */
    private static void quantiles(ArrayNode node, double[] ascending) {
        int count = Math.min(QUANTILES, ascending.length);
        for (int i = 0; i < count; i++) {
            int rank = (int) ((long) i * ascending.length / count);
            pair(node, (rank + 0.5) / ascending.length, ascending[rank]);
        }
    }

    private static void pair(ArrayNode node, double x, double y) {
        node.addArray().add(x).add(y);
    }
}
