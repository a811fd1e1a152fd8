package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.List;

/** A Sigstore bundle with a DSSE envelope: what was signed, the signatures, and what is told of the key. */
final class Bundle {

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";
    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final int SIGNATURES_LIMIT = 4;

    private final SigningKey key;
    private final byte[] payload;
    private final List<byte[]> signatures;

    private Bundle(SigningKey key, byte[] payload, List<byte[]> signatures) {
        this.key = key;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /** @throws CheckpointException MALFORMED, or UNSUPPORTED for what is signed but not by this specification */
    static Bundle parse(String file, byte[] json) throws CheckpointException {
        Fields bundle = Fields.parse(file, json);
        String mediaType = bundle.node().path("mediaType").asText("none");
        if (!mediaType.startsWith(MEDIA_TYPE)) {
            throw bundle.unsupported("mediaType", MEDIA_TYPE + "…", mediaType.isEmpty() ? "none" : mediaType);
        }
        if (!bundle.has("dsseEnvelope") && bundle.has("messageSignature")) {
            throw bundle.unsupported("dsseEnvelope", "an envelope", "a messageSignature");
        }
        Fields envelope = bundle.object("dsseEnvelope");
        if (!envelope.text("payloadType").equals(PAYLOAD_TYPE)) {
            throw envelope.unsupported("payloadType", PAYLOAD_TYPE, envelope.text("payloadType"));
        }
        SigningKey key = SigningKey.of(bundle.object("verificationMaterial"));
        return new Bundle(key, envelope.base64("payload"), signatures(envelope));
    }

    private static List<byte[]> signatures(Fields envelope) throws CheckpointException {
        List<Fields> items = envelope.objects("signatures");
        if (items.isEmpty() || items.size() > SIGNATURES_LIMIT) {
            throw envelope.malformed(
                    "signatures", "expected 1 to " + SIGNATURES_LIMIT + " signatures, found " + items.size());
        }
        var signatures = new ArrayList<byte[]>();
        for (Fields item : items) {
            signatures.add(item.base64("sig"));
        }
        return signatures;
    }

    /** False when the key is here and none of the signatures is by it. */
    boolean mayFit() {
        return switch (key) {
            case SigningKey.Brought brought -> fits(brought);
            case SigningKey.Named ignored -> true;
        };
    }

    private boolean fits(SigningKey.Brought brought) {
        return fits(brought, PreAuthenticationEncoding.of(PAYLOAD_TYPE, payload))
                || fits(brought, PreAuthenticationEncoding.ofVersion02(PAYLOAD_TYPE, payload));
    }

    private boolean fits(SigningKey.Brought brought, byte[] signed) {
        return signatures.stream().anyMatch(signature -> brought.signed(signed, signature));
    }

    SigningKey key() {
        return key;
    }

    /** The statement. */
    byte[] payload() {
        return payload;
    }

    /** What was found out about the signature itself, after {@link #mayFit()}. */
    String words() {
        return switch (key) {
            case SigningKey.Brought ignored -> "the signature fits the key that it brings";
            case SigningKey.Named named -> "the signature itself could not be checked: it brings " + named;
        };
    }
}
