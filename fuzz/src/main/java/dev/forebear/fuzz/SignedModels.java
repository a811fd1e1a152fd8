package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.signature.SignatureCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * The signature of a sound model, or what is wrapped in one where damage would only break its Base64.
 *
 * <pre>
 *   part u8 (modulo 3: the whole, a statement, a certificate), bytes
 * </pre>
 */
final class SignedModels implements Parser {

    private static final String BUNDLE = """
        {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {%s},
         "dsseEnvelope": {"payloadType": "application/vnd.in-toto+json", "payload": "%s", "signatures": [{"sig": "MA=="}]}}\
        """;

    private final SoundFile config = SoundFile.read("config.json");
    private final SoundFile model = SoundFile.read("model.safetensors");

    @Override
    public void read(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] part = Arrays.copyOfRange(input, 1, input.length);
        byte[] signature =
                switch (Byte.toUnsignedInt(input[0]) % 3) {
                    case 0 -> part;
                    case 1 -> bundle("\"publicKey\": {\"hint\": \"0a1b\"}", part);
                    default ->
                        bundle(
                                "\"x509CertificateChain\": {\"certificates\": [{\"rawBytes\": \"" + base64(part)
                                        + "\"}]}",
                                part);
                };
        var files = new MemoryFiles()
                .with(config.name(), config.content())
                .with(model.name(), model.content())
                .with("model.sig", signature);
        SignatureCheck check = SignatureCheck.of(files, Map.of());
        if (check != null) {
            switch (check.state()) {
                case CONSISTENT, TAMPERED -> {}
                case UNREADABLE -> throw refused(Reason.MALFORMED, check);
                case UNSUPPORTED -> throw refused(Reason.UNSUPPORTED, check);
            }
        }
    }

    private static byte[] bundle(String material, byte[] payload) {
        return BUNDLE.formatted(material, base64(payload)).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static CheckpointException refused(Reason reason, SignatureCheck check) {
        return new CheckpointException(reason, check.file(), check.message());
    }
}
