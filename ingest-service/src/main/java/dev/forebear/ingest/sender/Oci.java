package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notifications of an OCI registry in the way of CNCF distribution, under the media types of its versions 1 and 2.
 * There is one for every blob and every manifest; only manifests count. The proof is a header that the operator
 * configures there, {@code Authorization}.
 */
record Oci(Registration registration) implements Sender {

    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearer(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        return Outcome.ofEach(body.at("events").elements(), event -> one(event, webhook));
    }

    private Outcome one(Payload event, Webhook webhook) {
        Payload target = event.at("target");
        String eventId = EventId.of(registration, event.text("id"));
        Instant at = event.instant("timestamp", webhook.receivedAt());
        return switch (event.text("action")) {
            case "push" -> {
                if (!MANIFESTS.contains(target.text("mediaType"))) {
                    yield new Outcome.Ignored("not-a-manifest");
                }
                var parts = new References(target.list("references"));
                yield parts.mayBeOfModel()
                        ? Outcome.Accepted.of(pushed(event, parts, eventId, at))
                        : new Outcome.Ignored("not-a-model");
            }
            case "delete" -> Outcome.Accepted.of(manifest(event).deleted(eventId, at));
            default -> new Outcome.Ignored("not-a-write");
        };
    }

    private ModelUpload pushed(Payload event, References parts, String eventId, Instant at) {
        ModelUpload upload = manifest(event).uploaded(eventId, at);
        return upload.by(event.at("actor").optionalText("name"))
                .containing(parts.content(upload.content().tag()));
    }

    private Manifest manifest(Payload event) {
        Payload target = event.at("target");
        return new Manifest(
                registration,
                host(target.optionalText("url"), event.at("request").optionalText("host")),
                target.text("repository"),
                target.optionalText("tag"),
                target.optionalText("digest"));
    }

    private static String host(@Nullable String url, @Nullable String requested) {
        try {
            String authority = url == null ? null : new URI(url).getAuthority();
            return authority != null ? authority : requested == null ? "" : requested;
        } catch (URISyntaxException e) {
            throw NotUnderstoodException.malformed("target.url: expected an address, found another text");
        }
    }
}
