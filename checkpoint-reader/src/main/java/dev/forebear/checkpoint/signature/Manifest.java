package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a signature says of the files: which there are, and what they hash to.
 *
 * @param subject name of the whole
 * @param hash how the files were hashed: sha256, or what is not known here
 * @param files each path once
 * @param ignored paths that it is not about, with all below them
 * @param withoutEmpty whether files of no bytes are left out
 * @param contradiction how it contradicts itself; null when it does not
 */
record Manifest(
        String subject,
        String hash,
        List<SignedFile> files,
        Set<String> ignored,
        boolean withoutEmpty,
        @Nullable String contradiction) {

    static final String SHA256 = "sha256";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String SIGNATURE = "https://model_signing/signature/v1.0";

    /** Of version 0.2 of the reference implementation. */
    private static final String DIGESTS = "https://model_signing/Digests/v0.1";

    private static final Set<String> NEVER_SIGNED = Set.of(".git", ".gitignore", ".gitattributes", ".github");

    Manifest {
        files = List.copyOf(files);
        ignored = Set.copyOf(ignored);
    }

    /** @throws CheckpointException MALFORMED, or UNSUPPORTED for a statement about something else */
    static Manifest parse(String file, byte[] payload) throws CheckpointException {
        Fields statement = Fields.parse(file, payload);
        if (!statement.text("_type").equals(STATEMENT)) {
            throw statement.unsupported("_type", STATEMENT, statement.text("_type"));
        }
        return switch (statement.text("predicateType")) {
            case SIGNATURE -> signature(statement);
            case DIGESTS -> digests(statement);
            default -> throw statement.unsupported("predicateType", SIGNATURE, statement.text("predicateType"));
        };
    }

    private static Manifest signature(Fields statement) throws CheckpointException {
        List<Fields> subjects = statement.objects("subject");
        if (subjects.size() != 1) {
            throw statement.malformed("subject", "expected 1, found " + subjects.size());
        }
        Fields subject = subjects.getFirst();
        Fields predicate = statement.object("predicate");
        Fields serialization = predicate.object("serialization");
        String hash = serialization.text("hash_type");
        var files = new Resources(subject.text("name"), hash, serialization);
        var digests = new ByteArrayOutputStream();
        for (Fields resource : predicate.objects("resources")) {
            digests.writeBytes(HexFormat.of().parseHex(files.add(resource)));
        }
        String root = Digest.of(Algorithm.SHA256, digests.toByteArray()).hex();
        String told = subject.object("digest").text(SHA256);
        return new Manifest(
                subject.text("name"),
                hash,
                files.files(),
                ignored(serialization),
                files.areSharded(),
                root.equals(told)
                        ? null
                        : statement.file() + ": subject.digest: expected " + root + " by its resources, found " + told);
    }

    /** All files are subjects there. */
    private static Manifest digests(Fields statement) throws CheckpointException {
        var files = new ArrayList<SignedFile>();
        var paths = new HashSet<String>();
        for (Fields subject : statement.objects("subject")) {
            String path = Resources.path(subject, subject.text("name"));
            String digest = subject.object("digest").text(SHA256);
            if (!paths.add(path)) {
                throw subject.malformed("name", "expected each file once, found " + path + " again");
            }
            files.add(SignedFile.whole(path, Resources.digest(subject, SHA256, digest)));
        }
        return new Manifest("", SHA256, files, NEVER_SIGNED, false, null);
    }

    private static Set<String> ignored(Fields serialization) throws CheckpointException {
        var ignored = new HashSet<>(NEVER_SIGNED);
        if (serialization.has("ignore_paths")) {
            serialization.list("ignore_paths").forEach(path -> ignored.add(path.asText()));
        }
        return ignored;
    }

    boolean ignores(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (ignored.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return ignored.contains(path);
    }

    /** Whether it is about one file, whatever lies beside it: its subject is that file, or its own name says so. */
    boolean isOfOneFile(String signature) {
        if (files.size() != 1) {
            return false;
        }
        String path = files.getFirst().path();
        return subject.equals(path) || signature.equals(path + ".sig");
    }
}
