package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.registration.Registration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Webhooks of Harbor projects, in the default format or as CloudEvents. The proof is the authorization header that is
 * configured there. A tag may be moved to other content, so the content's digest goes with it.
 */
record Harbor(Registration registration) implements Sender {

    /**
     * What both formats tell.
     *
     * @param key what makes the event unique, but for the resource
     * @param data the resources and their repository
     */
    private record Event(String type, String key, Payload data, Instant at, Payload body) {

        List<Payload> resources() {
            return data.at("resources").elements();
        }

        Payload repository() {
            return data.at("repository");
        }
    }

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearer(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        Event event = body.has("specversion") ? ofCloudEvent(body, webhook) : ofDefault(body, webhook);
        return switch (event.type()) {
            case "PUSH_ARTIFACT", "harbor.artifact.pushed" ->
                Outcome.ofEach(event.resources(), resource -> Outcome.Accepted.of(pushed(event, resource)));
            case "DELETE_ARTIFACT", "harbor.artifact.deleted" ->
                Outcome.ofEach(
                        event.resources(),
                        resource -> Outcome.Accepted.of(
                                manifest(event, resource).deleted(eventId(event, resource), event.at())));
            default -> new Outcome.Ignored("not-a-write");
        };
    }

    private static Event ofCloudEvent(Payload body, Webhook webhook) {
        return new Event(
                body.text("type"),
                body.text("source") + " " + body.text("id"),
                body.at("data"),
                body.instant("time", webhook.receivedAt()),
                body);
    }

    private static Event ofDefault(Payload body, Webhook webhook) {
        return new Event(
                body.text("type"),
                body.has("occur_at") ? body.scalar("occur_at") : "",
                body.at("event_data"),
                body.epoch("occur_at", ChronoUnit.SECONDS, webhook.receivedAt()),
                body);
    }

    private Announcement pushed(Event event, Payload resource) {
        return manifest(event, resource)
                .uploaded(eventId(event, resource), event.at())
                .by(event.body().optionalText("operator"))
                .knownAs(null, event.repository().optionalText("repo_type"));
    }

    private Manifest manifest(Event event, Payload resource) {
        return new Manifest(
                registration,
                host(resource),
                event.repository().text("repo_full_name"),
                resource.optionalText("tag"),
                resource.optionalText("digest"));
    }

    private String eventId(Event event, Payload resource) {
        String tag = resource.optionalText("tag");
        String digest = resource.optionalText("digest");
        return EventId.of(
                registration,
                event.type(),
                event.key(),
                event.repository().text("repo_full_name"),
                tag == null ? "" : tag,
                digest == null ? "" : digest);
    }

    private static String host(Payload resource) {
        String url = resource.optionalText("resource_url");
        return url == null ? "" : url.substring(0, Math.max(0, url.indexOf('/')));
    }
}
