package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks of home-made registries: JSON in which the operator says what stands where, and what proves it. */
record MappedJson(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return check(webhook).then(() -> read(MappedBody.parse(webhook.body()), webhook));
    }

    private Authenticity check(Webhook webhook) {
        Proof proof = registration.proof();
        Proof.Carrier carrier = proof.carrier();
        return switch (carrier.form()) {
            case SECRET -> new SharedSecret(carrier.header(), proof.secrets()).check(webhook);
            case BEARER -> new SharedSecret(carrier.header(), proof.secrets()).checkBearer(webhook);
            case HMAC_SHA256_HEX -> signature(Hmac.Encoding.HEX).check(webhook);
            case HMAC_SHA256_BASE64 -> signature(Hmac.Encoding.BASE64).check(webhook);
        };
    }

    private BodySignature signature(Hmac.Encoding encoding) {
        Proof.Carrier carrier = registration.proof().carrier();
        return new BodySignature(
                carrier.header(),
                carrier.prefix(),
                encoding,
                registration.proof().secrets());
    }

    private Outcome read(MappedBody body, Webhook webhook) {
        JsonMapping mapping = registration.reading().mapping();
        String only = mapping.only();
        if (only != null && !body.finds(only)) {
            return new Outcome.Ignored("other-event");
        }
        ModelVersionId id = Announced.id(registration, needed(body, mapping.model()), needed(body, mapping.version()));
        String told = body.text(mapping.location());
        return Announced.locates(registration, told)
                ? Outcome.Accepted.of(upload(id, told, body, webhook))
                : new Outcome.ToBeListed("no-location");
    }

    private ModelUpload upload(ModelVersionId id, @Nullable String told, MappedBody body, Webhook webhook) {
        JsonMapping mapping = registration.reading().mapping();
        String event = body.text(mapping.event());
        String time = body.text(mapping.time());
        Instant at = time == null ? webhook.receivedAt() : Payload.instant(mapping.time(), time);
        List<String> bases = body.texts(mapping.bases());
        return ModelUpload.of(
                        event == null
                                ? EventId.of(registration, id.name(), id.version(), time == null ? "" : time)
                                : EventId.of(registration, event),
                        id,
                        Announced.location(registration, id, told),
                        at)
                .declaring(Announced.bases(id, bases, "webhook"))
                .by(body.text(mapping.uploader()));
    }

    private static String needed(MappedBody body, String path) {
        String text = body.text(path);
        if (text == null) {
            throw malformed(path + ": expected a text, found nothing");
        }
        return text;
    }
}
