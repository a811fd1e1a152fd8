package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of JFrog Artifactory: one for each file, with its digest. {@code X-JFrog-Event-Auth} is the secret, or,
 * where payloads are signed, an HMAC-SHA256 of the body in hexadecimal digits.
 */
record Artifactory(Registration registration) implements Sender {

    private static final String PROOF = "X-JFrog-Event-Auth";

    @Override
    public Outcome receive(Webhook webhook) {
        var secrets = registration.proof().secrets();
        var signature = new BodySignature(PROOF, "", Hmac.Encoding.HEX, secrets);
        return new SharedSecret(PROOF, secrets)
                .check(webhook)
                .or(signature.check(webhook))
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        if (!body.text("domain").equals("artifact")) {
            return new Outcome.Ignored("other-domain");
        }
        Payload data = body.at("data");
        String path = data.text("path");
        return switch (body.text("event_type")) {
            case "deployed" -> one(ObjectChangeKind.WRITTEN, path, body, webhook);
            case "deleted" -> one(ObjectChangeKind.REMOVED, path, body, webhook);
            case "copied" ->
                one(ObjectChangeKind.WRITTEN, withoutRepository(data.text("target_repo_path")), body, webhook);
            case "moved" ->
                Outcome.ofEach(
                        List.of(ObjectChangeKind.REMOVED, ObjectChangeKind.WRITTEN),
                        kind -> one(
                                kind,
                                withoutRepository(data.text(
                                        kind == ObjectChangeKind.REMOVED ? "source_repo_path" : "target_repo_path")),
                                body,
                                webhook));
            default -> new Outcome.Ignored("not-a-write");
        };
    }

    private Outcome one(ObjectChangeKind kind, String path, Payload body, Webhook webhook) {
        if (!ModelFile.isOne(path)) {
            return new Outcome.Ignored("not-of-a-model");
        }
        BucketLayout.Placed placed = Announced.place(registration, path);
        Payload data = body.at("data");
        String sha256 = data.optionalText("sha256");
        return Outcome.Accepted.of(new ObjectChange(
                EventId.of(
                        registration,
                        data.text("repo_key"),
                        path,
                        body.text("event_type"),
                        kind.name(),
                        // The same bytes may come again after others: nothing but the time tells.
                        webhook.receivedAt().toString()),
                registration.alias(),
                Announced.folder(registration, null, placed),
                placed.path(),
                placed.name(),
                placed.version(),
                kind,
                sha256,
                sha256,
                data.optionalNumber("size"),
                user(body.optionalText("source")),
                webhook.receivedAt(),
                null));
    }

    private static String withoutRepository(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    private static @Nullable String user(@Nullable String source) {
        return source == null ? null : source.substring(source.indexOf('/') + 1);
    }
}
