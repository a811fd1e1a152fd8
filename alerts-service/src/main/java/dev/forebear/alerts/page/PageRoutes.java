package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.Cursor;
import dev.forebear.alerts.projection.ModelHistory;
import dev.forebear.alerts.projection.Page;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.schemas.wire.LineageReport;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /} and {@code GET /api/...}. Lists take {@code limit} and {@code cursor} and answer {@code items},
 * {@code next} and {@code total}. An answer carries an entity tag that changes when anything changes: asking again with
 * {@code If-None-Match} costs almost nothing. Only {@code /api/reads}, what is read now, and {@code /api/registries}
 * have none.
 */
public final class PageRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final Projection projection;
    private final InstantSource clock;
    /** Revisions begin anew with each process; entity tags must not. */
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    public PageRoutes(Projection projection, InstantSource clock) {
        this.projection = projection;
        this.clock = clock;
    }

    public void addTo(JavalinConfig config) {
        config.routes.before(PageRoutes::protect);
        config.routes.get("/api/summary", context -> answer(context, () -> SummaryView.of(projection.summary())));
        config.routes.get("/api/reads", this::reads);
        config.routes.get("/api/registries", this::registries);
        config.routes.get("/api/uploads", context -> list(context, projection::uploads, this::upload));
        config.routes.get("/api/matches", context -> list(context, projection::matchedReports, MatchView::of));
        config.routes.get("/api/alerts", context -> list(context, projection::alerts, AlertView::of));
        config.routes.get("/api/deliveries", context -> list(context, projection::deliveries, DeliveryView::of));
        config.routes.get("/api/alerts/{id}", context -> answer(context, () -> alert(context.pathParam("id"))));
        // Ids hold slashes, and names such as a//b that servers refuse in a path: they may be asked for by query, too.
        config.routes.get("/api/models", context -> answer(context, () -> model(idFromQuery(context))));
        config.routes.get("/api/models/<id>", context -> answer(context, () -> model(context.pathParam("id"))));
        config.routes.get("/api/reports", context -> answer(context, () -> report(idFromQuery(context))));
        config.routes.get("/api/reports/<id>", context -> answer(context, () -> report(context.pathParam("id"))));
    }

    private static void protect(Context context) {
        context.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void answer(Context context, Supplier<?> view) {
        String tag = "\"" + epoch + "-" + projection.revision() + "\"";
        context.header("ETag", tag);
        context.header("Cache-Control", "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.json(view.get());
        }
    }

    // What is read now changes every second, and ends without a word when a worker dies: it has no entity tag.
    private void reads(Context context) {
        context.header("Cache-Control", "no-store");
        context.json(projection.reads().at(clock.instant()).stream()
                .map(ReadView::of)
                .toList());
    }

    // Who is silent is told by the clock: no entity tag either.
    private void registries(Context context) {
        context.header("Cache-Control", "no-store");
        Instant now = clock.instant();
        List<RegistryView> registries = projection.registries().at(now).stream()
                .map(registry -> RegistryView.of(registry, now))
                .toList();
        context.json(new Listing<>(registries, null, registries.size()));
    }

    private <V, W> void list(
            Context context, BiFunction<@Nullable Cursor, Integer, Page<V>> page, Function<V, W> view) {
        int limit = limit(context);
        Cursor cursor = cursor(context);
        answer(context, () -> Listing.of(page.apply(cursor, limit), view));
    }

    private UploadView upload(ModelHistory model) {
        return UploadView.of(model, projection.alertsOf(model.modelVersionId()), projection.standing(model));
    }

    private ModelView model(String id) {
        ModelHistory model = projection.model(id);
        if (model == null) {
            throw new NotFoundResponse("no model version '" + id + "' is known");
        }
        return ModelView.of(model, projection.alertsOf(id), projection.standing(model), projection::portrait);
    }

    private ReportView report(String id) {
        LineageReport report = projection.report(id);
        if (report == null) {
            throw new NotFoundResponse("no report '" + id + "' is known; only the latest of a model version are kept");
        }
        return ReportView.of(report, projection::portrait);
    }

    private AlertView alert(String id) {
        var entry = projection.alert(id);
        if (entry == null) {
            throw new NotFoundResponse("no alert '" + id + "' is known");
        }
        return AlertView.of(entry);
    }

    private static String idFromQuery(Context context) {
        String id = context.queryParam("id");
        if (id == null || id.isEmpty()) {
            throw new BadRequestResponse("id: expected one, found none");
        }
        return id;
    }

    private static int limit(Context context) {
        String text = context.queryParam("limit");
        try {
            int limit = text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new BadRequestResponse(
                "limit: expected a whole number from 1 to " + MAX_LIMIT + ", found '" + text + "'");
    }

    private static @Nullable Cursor cursor(Context context) {
        String text = context.queryParam("cursor");
        try {
            return text == null || text.isEmpty() ? null : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }
}
