package dev.forebear.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.reconcile.Reconciliation;
import dev.forebear.schemas.wire.ListingProgress;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /registries/<alias>/backfill} begins or goes on with a backfill, {@code GET} tells how far it is. */
final class BackfillRoutes {

    private static final String PATH = "/registries/{alias}/backfill";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reconciliation reconciliation;
    private final OperatorAccess access;

    BackfillRoutes(Reconciliation reconciliation, OperatorAccess access) {
        this.reconciliation = reconciliation;
        this.access = access;
    }

    void addTo(JavalinConfig config) {
        config.routes.post(PATH, this::begin);
        config.routes.get(PATH, this::tell);
    }

    private void begin(Context context) {
        access.require(context);
        String alias = alias(context);
        try {
            boolean counting =
                    JSON.readTree(context.bodyAsBytes()).path("dryRun").asBoolean(false);
            context.json(view(reconciliation.backfill(alias, counting)));
        } catch (IOException e) {
            throw new BadRequestResponse("body: expected JSON");
        } catch (NotStoredException e) {
            context.status(503).header("Retry-After", "5").json(Map.of("error", "could not be stored, try again"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.status(503).json(Map.of("error", "this process ends"));
        }
    }

    private void tell(Context context) {
        String alias = alias(context);
        context.json(reconciliation.backfill(alias).map(BackfillRoutes::view).orElse(Map.of("registry", alias)));
    }

    private static Map<String, Object> view(ListingProgress progress) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("registry", progress.getRegistry());
        view.put("dryRun", Reconciliation.isCounting(progress));
        view.put("startedAt", progress.getStartedAt().toString());
        view.put("updatedAt", progress.getUpdatedAt().toString());
        view.put("listed", progress.getListed());
        view.put("published", progress.getPublished());
        if (progress.getCompletedAt() != null) {
            view.put("completedAt", progress.getCompletedAt().toString());
        }
        if (progress.getTotal() != null) {
            view.put("total", progress.getTotal());
        }
        if (progress.getProblem() != null) {
            view.put("problem", progress.getProblem());
        }
        return view;
    }

    private String alias(Context context) {
        String alias = context.pathParam("alias");
        if (!reconciliation.canList(alias)) {
            throw new NotFoundResponse("no registry that can be listed is connected as this; expected one with an api");
        }
        return alias;
    }
}
