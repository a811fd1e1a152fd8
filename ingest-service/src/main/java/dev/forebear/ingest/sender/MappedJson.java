package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;

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
        var told = new MappedUpload(registration, mapping, body);
        ModelVersionId id = told.id();
        return Announced.locates(registration, told.location())
                ? Outcome.Accepted.of(told.upload(id, webhook.receivedAt()))
                : new Outcome.ToBeListed("no-location");
    }
}
