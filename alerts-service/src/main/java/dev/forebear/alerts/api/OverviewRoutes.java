package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;

/** {@code /overview}, {@code /reads} and {@code /registries}: what happened, what happens now. */
final class OverviewRoutes {

    private final ReadModel model;
    private final Answers answers;
    private final InstantSource clock;

    OverviewRoutes(ReadModel model, Answers answers, InstantSource clock) {
        this.model = model;
        this.answers = answers;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/overview", this::overview);
        config.routes.get(ApiRoutes.ROOT + "/reads", this::reads);
        config.routes.get(ApiRoutes.ROOT + "/registries", this::registries);
    }

    private void overview(Context context) {
        Instant now = clock.instant();
        long reads = model.reads().at(now).size();
        long silent = silent(now);
        answers.tagged(
                context,
                "-" + Overviews.day(now) + "-" + reads + "-" + silent,
                () -> model.queries().withHandle(handle -> Overviews.of(handle, now, reads, silent)));
    }

    // What is read now changes every second, and ends without a word when a worker dies: it has no entity tag.
    private void reads(Context context) {
        List<ReadView> reads =
                model.reads().at(clock.instant()).stream().map(ReadView::of).toList();
        Answers.plain(context, Listing.whole(reads));
    }

    // Who is silent is told by the clock: no entity tag either.
    private void registries(Context context) {
        Instant now = clock.instant();
        Map<String, Long> models = model.queries().withHandle(OverviewRoutes::modelsByRegistry);
        List<RegistryView> registries = model.registries().at(now).stream()
                .map(registry -> RegistryView.of(registry, now, models.getOrDefault(registry.alias(), 0L)))
                .toList();
        Answers.plain(context, Listing.whole(registries));
    }

    private long silent(Instant now) {
        return model.registries().at(now).stream()
                .filter(registry -> RegistryView.of(registry, now, 0).state().equals("silent"))
                .count();
    }

    private static Map<String, Long> modelsByRegistry(Handle handle) {
        return handle.createQuery("SELECT registry, sum(versions) AS found FROM model_count GROUP BY registry")
                .setMapKeyColumn("registry")
                .setMapValueColumn("found")
                .collectInto(new GenericType<Map<String, Long>>() {});
    }
}
