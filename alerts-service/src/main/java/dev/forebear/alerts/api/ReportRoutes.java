package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import org.jspecify.annotations.Nullable;

/** {@code /report}: a report with its evidence, and what can be drawn of the models it names first. */
final class ReportRoutes {

    private static final int MAX_ID = 1_500;

    private final Answers answers;
    private final LargeRecords records;

    ReportRoutes(Answers answers, LargeRecords records) {
        this.answers = answers;
        this.records = records;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/report", this::one);
    }

    private void one(Context context) {
        var parameters = new Parameters(context);
        String id = parameters.text("id", MAX_ID);
        String of = parameters.text("model", MAX_ID);
        if ((id == null) == (of == null)) {
            throw Parameters.wrong("id", "either a report's id or 'model'", id == null ? "neither" : "both");
        }
        answers.tagged(context, () -> view(report(id, of)));
    }

    private LineageReport report(@Nullable String id, @Nullable String of) {
        if (id != null) {
            return records.report(id).orElseThrow(() -> new NotFoundResponse("no report '" + id + "' is known"));
        }
        return records.reportOn(String.valueOf(of))
                .orElseThrow(() -> new NotFoundResponse("no report on '" + of + "' is known"));
    }

    private ReportView view(LineageReport report) {
        return ReportView.of(report, id -> {
            ModelFingerprint fingerprint = records.fingerprint(id);
            return fingerprint == null ? null : PortraitView.of(fingerprint);
        });
    }
}
