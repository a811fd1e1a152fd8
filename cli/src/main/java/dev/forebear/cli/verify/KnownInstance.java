package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.scan.InstanceScan;
import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** All models of a running instance: its matchers compare, its page knows what its models descend from. */
final class KnownInstance implements Known {

    private final InstanceScan matchers;
    private final InstanceApi api;
    private final Console console;

    KnownInstance(InstanceScan matchers, InstanceApi api, Console console) {
        this.matchers = matchers;
        this.api = api;
        this.console = console;
    }

    @Override
    public Held hold(ModelFingerprint model, Instant now) throws IOException, InterruptedException {
        var fingerprint = model.getFingerprint();
        if (fingerprint == null) {
            LineageReport report = notAnalysed(model, now);
            var subject = new Subject(
                    report, null, null, List.of(), Set.of(), api.quarantines().taints(report, List.of()));
            return new Held(subject, matchers.place(), List.of());
        }
        var asked = ModelFingerprint.newBuilder(model)
                .setUploadEventId(InstanceScan.queryId())
                .build();
        LineageReport report = matchers.report(asked, now, console);
        List<Ancestor> ancestors = Ascent.of(report, api::report);
        var subject = new Subject(
                report,
                null,
                null,
                ancestors,
                RefutedBases.of(report, reference -> api.knows(reference, fingerprint.getParameters())),
                api.quarantines().taints(report, ancestors));
        List<String> limits =
                report.getNotAnalysed() == null ? List.of("fingerprints alone decided on the model itself") : List.of();
        return new Held(subject, matchers.place(), limits);
    }

    /** Matchers are not asked about what cannot be compared. */
    private static LineageReport notAnalysed(ModelFingerprint model, Instant now) {
        var question = new Question(model, List.of(), null, model.getUploadEventId());
        return BatchJoin.of(List.of())
                .answer(List.of(question), 1, now)
                .getFirst()
                .report();
    }
}
