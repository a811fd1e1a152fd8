package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.MappedBody;
import dev.forebear.ingest.sender.MappedUpload;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The list of a home-made registry, in which the operator says what stands where. A page is a JSON document that names
 * the address of the next one, in itself or as {@code Link}. One request for a page.
 */
final class MappedPages implements Pages {

    private final Registration registration;
    private final JsonMapping mapping;
    private final InstantSource clock;
    private final ApiClient client;

    /** @param mapping of a page and of an entry, in which {@code $} is the entry */
    MappedPages(Registration registration, RegistryApi api, JsonMapping mapping, InstantSource clock) {
        this.registration = registration;
        this.mapping = mapping;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, Credentials.of(api));
    }

    @Override
    public List<String> parts() {
        return WHOLE;
    }

    @Override
    public Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException {
        HttpUrl first = client.url();
        Answer answer = client.get("list versions", client.page(first, token));
        var body = MappedBody.parse(answer.body());
        List<MappedBody> items = body.root().isArray() ? body.bodies("$[*]") : body.bodies(mapping.items());
        var entries = new Entries();
        for (int i = 0; i < items.size(); i++) {
            var entry = new MappedUpload(registration, mapping, items.get(i));
            entries.add("entry " + (i + 1), () -> upload(entry, since));
        }
        return entries.page(next(answer, body));
    }

    private @Nullable Announcement upload(MappedUpload entry, @Nullable Instant since) {
        ModelUpload upload = entry.upload(entry.id(), clock.instant());
        return since == null || upload.at().isAfter(since) ? upload : null;
    }

    private @Nullable String next(Answer answer, MappedBody body) throws ListingException {
        String link = body.root().isArray() ? null : body.text(mapping.next());
        return link == null ? answer.next() : answer.next(link);
    }

    @Override
    public void close() {
        client.close();
    }
}
