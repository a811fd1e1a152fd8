package dev.forebear.replay.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * An in-toto statement: digests of documents, and what is said of them.
 *
 * @param digests SHA-256 in hexadecimal by file name
 */
public record Statement(SequencedMap<String, String> digests, String predicateType, ObjectNode predicate) {

    static final String TYPE = "https://in-toto.io/Statement/v1";

    public Statement {
        digests = new TreeMap<>(digests);
    }

    /** Of files in a folder, as they are now. */
    public static Statement over(Path folder, List<String> names, String predicateType, ObjectNode predicate)
            throws IOException {
        var digests = new TreeMap<String, String>();
        for (String name : names) {
            digests.put(name, sha256(folder.resolve(name)));
        }
        return new Statement(digests, predicateType, predicate);
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("_type", TYPE);
        var subjects = root.putArray("subject");
        digests.forEach((name, digest) ->
                subjects.addObject().put("name", name).putObject("digest").put("sha256", digest));
        root.put("predicateType", predicateType).set("predicate", predicate);
        return root;
    }

    /** @throws NotVerified when it is no such statement */
    static Statement of(JsonNode json) {
        if (!json.path("_type").asText().equals(TYPE)) {
            throw new NotVerified(
                    "the statement is of type '" + json.path("_type").asText() + "', expected " + TYPE);
        }
        var digests = new TreeMap<String, String>();
        for (JsonNode subject : json.path("subject")) {
            String name = subject.path("name").asText();
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                throw new NotVerified("the statement names a file '" + name + "', expected a plain name");
            }
            digests.put(name, subject.path("digest").path("sha256").asText());
        }
        if (digests.isEmpty()) {
            throw new NotVerified("the statement names no file");
        }
        return new Statement(digests, json.path("predicateType").asText(), json.withObject("/predicate"));
    }

    /**
     * Holds the files against the digests.
     *
     * @return what does not fit, one line each; empty when all of it does
     */
    public List<String> differences(Path folder) throws IOException {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> subject : digests.entrySet()) {
            Path file = folder.resolve(subject.getKey());
            if (!Files.isRegularFile(file)) {
                differences.add(subject.getKey() + ": expected a file, found none");
            } else if (!sha256(file).equals(subject.getValue())) {
                differences.add(
                        subject.getKey() + ": expected SHA-256 " + subject.getValue() + ", found " + sha256(file));
            }
        }
        return differences;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
