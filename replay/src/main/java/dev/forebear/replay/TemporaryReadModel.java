package dev.forebear.replay;

import dev.forebear.alerts.readmodel.Filling;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Viewpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The read model that there would be had today's matcher reported on the replayed uploads: on these the answers of the
 * replay, on all others what was reported, last or first by the viewpoint.
 */
final class TemporaryReadModel {

    private static final int TRANSACTION = 2_000;

    /** Reports of one transaction: fewer, because whole ones are large. */
    private static final int REPORTS = 500;

    private final Replay replay;
    private final Knowledge knowledge;
    private final ReplayedReports answers;

    TemporaryReadModel(Replay replay, Knowledge knowledge, ReplayedReports answers) {
        this.replay = replay;
        this.knowledge = knowledge;
        this.answers = answers;
    }

    /** Fills a new file, which the caller closes. */
    ReadModel fill(Path file, List<PastUpload> uploads, ReplayWatch watch) {
        ReadModel model = ReadModel.open(file);
        try (ReplayWatch.Part part = watch.begin("preparing", uploads.size())) {
            var filling = new Filling(model);
            boolean now = replay.getViewpoint() == Viewpoint.AS_OF_NOW;
            write(
                    filling,
                    knowledge.uploads().all(),
                    upload -> filling.upload(upload.partition(), upload.offset(), upload.announced()));
            if (now) {
                write(
                        filling,
                        knowledge.changes().all(),
                        change -> filling.changed(change.partition(), change.offset(), change.change()));
            }
            knowledge
                    .models()
                    .forSome(some -> filling.write(
                            some,
                            whole -> filling.fingerprint(
                                    whole.known().partition(), whole.known().offset(), whole.model())));
            Ahead.forSome(
                    others(uploads),
                    REPORTS,
                    id -> other(now, id),
                    some -> filling.write(some, other -> other.ifPresent(report -> filling.report(0, 0, report))));
            long[] done = {0};
            List<PastUpload> last = uploads.stream().filter(PastUpload::last).toList();
            Ahead.forSome(last, REPORTS, upload -> answers.on(upload).getReport(), some -> {
                filling.write(some, report -> filling.report(0, 0, report));
                part.done(done[0] += some.size());
            });
            filling.complete();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static <T> void write(Filling filling, Collection<T> records, Consumer<T> write) {
        List<T> all = List.copyOf(records);
        for (int from = 0; from < all.size(); from += TRANSACTION) {
            filling.write(all.subList(from, Math.min(from + TRANSACTION, all.size())), write);
        }
    }

    /** Model versions whose last contents are not replayed. */
    private List<String> others(List<PastUpload> uploads) {
        Set<String> replayed = new HashSet<>();
        uploads.stream()
                .filter(PastUpload::last)
                .map(PastUpload::modelVersionId)
                .forEach(replayed::add);
        List<String> others = new ArrayList<>(knowledge.reports().modelVersionIds());
        others.removeIf(replayed::contains);
        return others;
    }

    private Optional<LineageReport> other(boolean now, String modelVersionId) throws IOException {
        PastReports reports = knowledge.reports();
        PastReport report = (now ? reports.latest(modelVersionId) : reports.first(modelVersionId)).orElse(null);
        return report == null ? Optional.empty() : Optional.of(reports.wording(report.last()));
    }
}
