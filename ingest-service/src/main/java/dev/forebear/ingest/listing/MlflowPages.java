package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Announced;
import dev.forebear.ingest.sender.Payload;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The model versions of an MLflow server, and of those that speak like one. One request for a page. */
final class MlflowPages implements Pages {

    private static final int PAGE_SIZE = 200;
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final MlflowDialect dialect;
    private final ApiClient client;

    MlflowPages(Registration registration, RegistryApi api, InstantSource clock, MlflowDialect dialect) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.dialect = dialect;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    @Override
    public List<String> parts() {
        return dialect.parts(api.scope());
    }

    @Override
    public Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException {
        Payload answer = ask(part, token);
        var entries = new Entries();
        var order = new NewestFirst(since);
        for (Payload version : answer.list("model_versions")) {
            if (order.wants(changed(version)) && isModel(version)) {
                String what = version.at("name").node().asText() + " "
                        + version.at("version").node().asText();
                entries.add(what, () -> upload(part, version));
            }
        }
        boolean enough = dialect.ordersByChange() && order.isEnough();
        return entries.page(enough ? null : answer.at("next_page_token").node().asText(""));
    }

    private Payload ask(String part, String token) throws IOException, InterruptedException {
        HttpUrl.Builder url =
                client.encodedUrl(dialect.path(part)).addQueryParameter("max_results", Integer.toString(PAGE_SIZE));
        if (dialect.ordersByChange()) {
            url.addQueryParameter("order_by", "last_updated_timestamp DESC");
        }
        if (!token.isEmpty()) {
            url.addQueryParameter("page_token", token);
        }
        var request = new Request.Builder().url(url.build()).header("Accept", "application/json");
        if (dialect.ordersByChange() && !part.isEmpty()) {
            request.header("X-MLFLOW-WORKSPACE", part);
        }
        return client.send("search model versions", request.build())
                .expectSuccess()
                .object();
    }

    private static @Nullable Instant changed(Payload version) {
        long created = version.at("creation_timestamp").node().asLong(0);
        long updated = version.at("last_updated_timestamp").node().asLong(created);
        return updated > 0 ? Instant.ofEpochMilli(updated) : null;
    }

    /** Versions are made before their files are there, and stay when that fails. Prompts are versions, too. */
    private static boolean isModel(Payload version) {
        boolean ready = "READY".equals(version.at("status").node().asText("READY"));
        return ready
                && version.at("tags").node().findValuesAsText("key").stream().noneMatch(PROMPT::equals);
    }

    private Announcement upload(String part, Payload version) {
        String name = dialect.name(part, version.text("name"));
        ModelVersionId id = Announced.id(registration, name, version.text("version"));
        Long created = version.optionalNumber("creation_timestamp");
        return ModelUpload.of(
                        EventId.of(registration, "listed", id.name(), id.version()),
                        id,
                        Announced.location(registration, id, dialect.location(version)),
                        created == null ? clock.instant() : Instant.ofEpochMilli(created))
                .by(version.optionalText("user_id"))
                .declaring(Announced.bases(id, declared(version), "registry-tag"));
    }

    private List<String> declared(Payload version) {
        return version.list("tags").stream()
                .filter(tag -> registration.reading().declaringTags().contains(tag.optionalText("key")))
                .map(tag -> tag.optionalText("value"))
                .flatMap(value -> value == null ? null : Arrays.stream(value.split(",")))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
