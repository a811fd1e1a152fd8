package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The models among the tags of an OCI registry (distribution specification 1.1), by repository. One request for a page
 * of tags and one for each of them; a registry cannot be asked for what changed.
 */
final class OciPages implements Pages {

    private static final int NAMES_PAGE_SIZE = 1000;

    /** Small, because each tag costs a request of its own and a page is done again when one of them fails. */
    private static final int PAGE_SIZE = 50;

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;
    private final OciLogin login;
    private @Nullable List<String> repositories;

    OciPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, request -> request);
        this.login = new OciLogin(registration.alias(), api);
    }

    /** Repositories: those that the operator names, or all that the registry does. */
    @Override
    public List<String> parts() throws IOException, InterruptedException {
        if (repositories == null) {
            repositories = api.scope().isEmpty() ? catalog() : api.scope();
        }
        return repositories;
    }

    private List<String> catalog() throws IOException, InterruptedException {
        HttpUrl first = client.url("v2/_catalog")
                .addQueryParameter("n", Integer.toString(NAMES_PAGE_SIZE))
                .build();
        return Names.all(registration.alias() + ": list repositories", token -> {
            Answer answer =
                    ask("list repositories", client.page(first, token), "registry:catalog:*", "application/json");
            return new Names(answer.object().texts("repositories"), answer.next());
        });
    }

    @Override
    public Page page(String repository, String token, @Nullable Instant since)
            throws IOException, InterruptedException {
        HttpUrl first = client.url("v2/" + repository + "/tags/list")
                .addQueryParameter("n", Integer.toString(PAGE_SIZE))
                .build();
        String call = "list tags of " + repository;
        Answer answer = ask(call, client.page(first, token), pull(repository), "application/json");
        var entries = new Entries();
        // A repository whose tags were all deleted has null.
        for (String tag : answer.object().texts("tags")) {
            entries.add(repository + ":" + tag, () -> upload(repository, tag));
        }
        return entries.page(answer.next());
    }

    private @Nullable Announcement upload(String repository, String tag) throws IOException, InterruptedException {
        HttpUrl url = client.url("v2/" + repository + "/manifests/" + tag).build();
        String call = "read manifest " + repository + ":" + tag;
        OciManifest manifest = OciManifest.of(ask(call, url, pull(repository), OciManifest.MEDIA_TYPES));
        if (!manifest.isModel()) {
            return null;
        }
        String eventId = EventId.of(registration, "listed", repository, tag, manifest.digest());
        return new Manifest(registration, client.url().host(), repository, tag, manifest.digest())
                .uploaded(eventId, manifest.createdAt(clock.instant()))
                .containing(manifest.content());
    }

    private static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    /** Asks, and once more after a login when the registry wants one. */
    private Answer ask(String call, HttpUrl url, String scope, String accept) throws IOException, InterruptedException {
        Answer answer = client.send(call, request(url, scope, accept));
        if (answer.status() == 401 && login.renew(scope, answer.headers().values("WWW-Authenticate"))) {
            answer = client.send(call, request(url, scope, accept));
        }
        return answer.expectSuccess();
    }

    private Request request(HttpUrl url, String scope, String accept) {
        var request = new Request.Builder().url(url).header("Accept", accept);
        Authorization proof = login.authorization(scope);
        return proof == null
                ? request.build()
                : request.header("Authorization", proof.header()).build();
    }

    @Override
    public void close() {
        client.close();
        login.close();
    }
}
