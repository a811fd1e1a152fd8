package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.signature.SignedFile.Range;
import dev.forebear.checkpoint.storage.FileNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the resources of a manifest into files: one resource a file, or one for each of its parts. */
final class Resources {

    /** A path may have colons, too, so it is as long as can be. */
    private static final Pattern PART = Pattern.compile("(.+):(\\d{1,18}):(\\d{1,18})", Pattern.DOTALL);

    private static final Pattern DIGITS = Pattern.compile("([0-9a-f]{2}){1,64}");
    private static final int SHA256_DIGITS = 64;

    private final String subject;
    private final String hash;
    private final Fields serialization;
    private final long partSize;

    /** Parts of each path by where they start. */
    private final Map<String, TreeMap<Long, Part>> parts = new TreeMap<>();

    private record Part(long end, String digest) {}

    /**
     * @param subject name of the whole
     * @param serialization says whether files were hashed in parts
     */
    Resources(String subject, String hash, Fields serialization) throws CheckpointException {
        this.subject = subject;
        this.hash = hash;
        this.serialization = serialization;
        this.partSize = switch (serialization.text("method")) {
            case "files" -> SignedFile.UNKNOWN;
            case "shards" -> partSize(serialization);
            default -> throw serialization.unsupported("method", "files or shards", serialization.text("method"));
        };
    }

    private static long partSize(Fields serialization) throws CheckpointException {
        long size = serialization.number("shard_size");
        if (size <= 0) {
            throw serialization.malformed("shard_size", "expected a positive number, found " + size);
        }
        return size;
    }

    boolean areSharded() {
        return partSize != SignedFile.UNKNOWN;
    }

    /** @return its digest */
    String add(Fields resource) throws CheckpointException {
        String name = resource.text("name");
        if (!resource.text("algorithm").equals(hash)) {
            throw resource.malformed("algorithm", "expected " + hash + ", found " + resource.text("algorithm"));
        }
        String digest = digest(resource, hash, resource.text("digest"));
        if (areSharded()) {
            addPart(resource, name, digest);
        } else {
            add(resource, name, 0, new Part(SignedFile.UNKNOWN, digest));
        }
        return digest;
    }

    private void addPart(Fields resource, String name, String digest) throws CheckpointException {
        Matcher part = PART.matcher(name);
        if (!part.matches()) {
            throw resource.malformed("name", "expected path:start:end, found " + name);
        }
        long end = Long.parseLong(part.group(3));
        add(resource, part.group(1), Long.parseLong(part.group(2)), new Part(end, digest));
    }

    private void add(Fields resource, String name, long start, Part part) throws CheckpointException {
        // Version 1.0.0 of the reference implementation and before, of a model that is one file.
        String path = path(resource, name.equals(".") ? subject : name);
        if (parts.computeIfAbsent(path, any -> new TreeMap<>()).put(start, part) != null) {
            throw resource.malformed("name", "expected each once, found " + path + " again");
        }
    }

    /** The files, sorted by path. */
    List<SignedFile> files() throws CheckpointException {
        if (parts.isEmpty()) {
            throw serialization.malformed("resources", "expected files, found none");
        }
        var files = new ArrayList<SignedFile>();
        for (var path : parts.entrySet()) {
            files.add(file(path.getKey(), path.getValue()));
        }
        return files;
    }

    private SignedFile file(String path, TreeMap<Long, Part> ofFile) throws CheckpointException {
        var ranges = new ArrayList<Range>();
        long covered = 0;
        for (var part : ofFile.entrySet()) {
            long start = part.getKey();
            long end = part.getValue().end();
            boolean last = start == ofFile.lastKey();
            if (areSharded() && (start != covered || end <= start || !isPartSize(end - start, last))) {
                throw serialization.malformed(
                        "resources",
                        path + ": expected parts of " + partSize + " bytes, found one from " + start + " to " + end);
            }
            ranges.add(new Range(start, part.getValue().digest()));
            covered = end;
        }
        return new SignedFile(path, covered, ranges);
    }

    private boolean isPartSize(long size, boolean last) {
        return size == partSize || last && size < partSize;
    }

    static String path(Fields resource, String name) throws CheckpointException {
        try {
            FileNames.check(name);
            return name;
        } catch (CheckpointException outside) {
            throw resource.malformed("name", "expected a path within the model, found " + name);
        }
    }

    static String digest(Fields resource, String hash, String digest) throws CheckpointException {
        boolean sound =
                DIGITS.matcher(digest).matches() && (!hash.equals(Manifest.SHA256) || digest.length() == SHA256_DIGITS);
        if (!sound) {
            throw resource.malformed(
                    "digest", "expected lower-case hexadecimal digits of " + hash + ", found " + digest);
        }
        return digest;
    }
}
