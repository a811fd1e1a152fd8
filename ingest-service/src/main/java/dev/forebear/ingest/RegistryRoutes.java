package dev.forebear.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.trial.Trial;
import dev.forebear.schemas.ModelVersionId;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadGatewayResponse;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** What the operator asks of a connected registry: {@code POST /registries/<alias>/test}. */
final class RegistryRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Registration> registrations;
    private final OperatorAccess access;
    private final Function<String, URI> hooks;
    private final InstantSource clock;

    /** @param hooks address of this service by alias */
    RegistryRoutes(
            Map<String, Registration> registrations,
            OperatorAccess access,
            Function<String, URI> hooks,
            InstantSource clock) {
        this.registrations = Map.copyOf(registrations);
        this.access = access;
        this.hooks = hooks;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.post("/registries/{alias}/test", this::test);
    }

    private void test(Context context) {
        access.require(context);
        Registration registration = registration(context);
        JsonNode asked = body(context);
        ModelVersionId id = id(
                registration,
                asked.path("model").asText(),
                asked.path("version").asText());
        try {
            context.json(new Trial(hooks.apply(registration.alias()), registration, clock).announce(id));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BadGatewayResponse("expected an answer of this service to itself, found none");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadGatewayResponse("interrupted");
        }
    }

    private Registration registration(Context context) {
        Registration registration = registrations.get(context.pathParam("alias"));
        if (registration == null) {
            throw new NotFoundResponse("no registry is connected as '" + context.pathParam("alias") + "'");
        }
        return registration;
    }

    private static JsonNode body(Context context) {
        try {
            return JSON.readTree(context.bodyAsBytes());
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("body: expected JSON");
        } catch (IOException e) {
            throw new BadRequestResponse("body: could not be read");
        }
    }

    private static ModelVersionId id(Registration registration, String model, String version) {
        try {
            return ModelVersionId.of(registration.alias(), model, version);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        }
    }
}
