package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * In-toto statements, bare, in a DSSE envelope or in a Sigstore bundle, one or one a line: models among the resolved
 * dependencies of a SLSA provenance, or a bill of materials. Signatures are not checked.
 */
final class AttestationFile implements DeclarationFile {

    private static final Pattern NAME = Pattern.compile(
            ".*\\.(intoto|dsse|sigstore|att)(\\.jsonl?)?|(provenance|attestations?)\\.jsonl?|model\\.sig");

    /** What builds use besides models: sources, images, data sets. */
    private static final Pattern MODEL = Pattern.compile("pkg:(huggingface|mlflow|oci)/.+|hf://(?!datasets/|spaces/).+"
            + "|https://(huggingface\\.co|hf\\.co)/(?!datasets/|spaces/).+|models:/.+|oci://.+");

    private static final int SIZE_LIMIT = 4 << 20;
    private static final int STATEMENTS_LIMIT = 64;

    @Override
    public boolean isNamed(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        String text = PlainYaml.withoutMark(new String(file.readAll(SIZE_LIMIT), StandardCharsets.UTF_8));
        List<String> documents = file.name().endsWith(".jsonl")
                ? text.lines()
                        .filter(line -> !line.isBlank())
                        .limit(STATEMENTS_LIMIT)
                        .toList()
                : List.of(text);
        for (String document : documents) {
            declared.orFinding(() -> statement(file.name(), document.getBytes(StandardCharsets.UTF_8), declared));
        }
    }

    private static void statement(String file, byte[] document, Declared declared) throws IOException {
        JsonNode outer = StoredJson.parse(file, document);
        JsonNode envelope = outer.path("dsseEnvelope").isObject() ? outer.path("dsseEnvelope") : outer;
        JsonNode statement =
                envelope.path("payload").isTextual() ? StoredJson.parse(file, payload(file, envelope)) : envelope;
        String type = statement.path("predicateType").asText();
        JsonNode predicate = statement.path("predicate");
        if (type.startsWith("https://cyclonedx.org/bom")) {
            CycloneDxFile.read(file, predicate, declared);
        } else if (type.startsWith("https://spdx.dev/Document")) {
            SpdxFile.read(file, predicate, declared);
        } else if (type.startsWith("https://slsa.dev/provenance/")) {
            dependencies(file, predicate.path("buildDefinition").path("resolvedDependencies"), declared);
            dependencies(file, predicate.path("materials"), declared);
        }
    }

    private static byte[] payload(String file, JsonNode envelope) throws CheckpointException {
        try {
            return Base64.getDecoder().decode(envelope.path("payload").textValue());
        } catch (IllegalArgumentException noBase64) {
            throw new CheckpointException(Reason.MALFORMED, file, "payload: expected Base64: " + noBase64.getMessage());
        }
    }

    private static void dependencies(String file, JsonNode dependencies, Declared declared) {
        for (JsonNode dependency : dependencies) {
            String uri = dependency.path("uri").asText();
            if (MODEL.matcher(uri).matches()) {
                String digest =
                        Digests.sha256(dependency.path("digest").path("sha256").textValue());
                declared.pinned(file, "resolvedDependencies", Source.IN_TOTO, uri, digest);
            }
        }
    }
}
