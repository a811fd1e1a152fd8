package dev.forebear.checkpoint.signature;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Signs files as a tool of the specification would, or says what is not so. */
final class ModelSigner {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "application/vnd.in-toto+json";

    private final ObjectNode statement = JSON.createObjectNode();
    private final ObjectNode predicate = JSON.createObjectNode();
    private final ArrayNode resources = predicate.putArray("resources");
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
    private String hash = "sha256";

    ModelSigner() {
        statement.put("_type", "https://in-toto.io/Statement/v1");
        statement.put("predicateType", "https://model_signing/signature/v1.0");
        statement.set("predicate", predicate);
        serialization().put("method", "files").put("hash_type", hash).put("allow_symlinks", false);
    }

    private ObjectNode serialization() {
        return predicate.withObject("/serialization");
    }

    ModelSigner hashedWith(String algorithm) {
        hash = algorithm;
        serialization().put("hash_type", algorithm);
        return this;
    }

    ModelSigner ignoring(String path) {
        serialization().withArray("/ignore_paths").add(path);
        return this;
    }

    ModelSigner file(String name, String content) {
        return listing(name, sha256(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** In parts of so many bytes. */
    ModelSigner parts(String name, String content, int size) {
        serialization().put("method", "shards").put("shard_size", size);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < bytes.length; start += size) {
            int end = Math.min(bytes.length, start + size);
            listing(name + ":" + start + ":" + end, sha256(Arrays.copyOfRange(bytes, start, end)));
        }
        return this;
    }

    ModelSigner listing(String name, String digest) {
        resources.addObject().put("name", name).put("digest", digest).put("algorithm", hash);
        if (digest.length() % 2 == 0) {
            digests.writeBytes(HexFormat.of().parseHex(digest));
        }
        return this;
    }

    static String sha256(byte[] content) {
        return Digest.of(Algorithm.SHA256, content).hex();
    }

    /** The statement, with the subject as it has to be. */
    ObjectNode statement(String subject) {
        ObjectNode model = JSON.createObjectNode().put("name", subject);
        model.putObject("digest").put("sha256", sha256(digests.toByteArray()));
        statement.putArray("subject").add(model);
        return statement;
    }

    byte[] signed() {
        return signed(key("secp256r1"), "SHA256", statement -> {});
    }

    byte[] signed(Consumer<ObjectNode> change) {
        return signed(key("secp256r1"), "SHA256", change);
    }

    byte[] signed(KeyPair key, String digest, Consumer<ObjectNode> change) {
        ObjectNode whole = statement("model");
        change.accept(whole);
        byte[] payload = whole.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode bundle = bundle(payload, sign(key, digest, PreAuthenticationEncoding.of(TYPE, payload)));
        bundle.withObject("/verificationMaterial/publicKey")
                .put("rawBytes", base64(key.getPublic().getEncoded()));
        return bytes(bundle);
    }

    /** By a key of which only a name is told. */
    byte[] signedByNamedKey() {
        ObjectNode bundle = bundle(statement("model").toString().getBytes(StandardCharsets.UTF_8), new byte[8]);
        bundle.withObject("/verificationMaterial/publicKey").put("hint", "e8450dec");
        return bytes(bundle);
    }

    private static ObjectNode bundle(byte[] payload, byte[] signature) {
        ObjectNode bundle = JSON.createObjectNode().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        ObjectNode envelope = bundle.putObject("dsseEnvelope").put("payload", base64(payload));
        envelope.put("payloadType", TYPE);
        envelope.putArray("signatures")
                .addObject()
                .put("sig", base64(signature))
                .putNull("keyid");
        return bundle;
    }

    private static byte[] sign(KeyPair key, String digest, byte[] bytes) {
        try {
            var algorithm = Signature.getInstance(digest + "withECDSA");
            algorithm.initSign(key.getPrivate());
            algorithm.update(bytes);
            return algorithm.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair key(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A bundle with something else in it. */
    static byte[] changed(byte[] bundle, Consumer<ObjectNode> change) {
        try {
            ObjectNode changed = (ObjectNode) JSON.readTree(bundle);
            change.accept(changed);
            return bytes(changed);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(ObjectNode bundle) {
        return bundle.toString().getBytes(StandardCharsets.UTF_8);
    }
}
