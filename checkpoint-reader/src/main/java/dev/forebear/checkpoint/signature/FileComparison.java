package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.signature.SignedFile.Range;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the files of a model against what a signature lists. The digest of a file is what the store tells, else what
 * its bytes give where it is small, else what the registry announced; without any of them it is not compared. Not
 * thread-safe.
 */
final class FileComparison {

    /** A tokenizer of a large vocabulary; weights are larger. */
    private static final long FILE_LIMIT = 32 << 20;

    private static final long READ_LIMIT = 64 << 20;

    /** Each costs a request; a folder keeps each open until it is closed. */
    private static final int OPENED_LIMIT = 100;

    private final String signature;
    private final Storage storage;
    private final TreeMap<String, StoredFile> files = new TreeMap<>();
    private final Map<String, String> told;
    private long bytesLeft = READ_LIMIT;
    private int filesLeft = OPENED_LIMIT;
    private int compared;
    private @Nullable String notCompared;

    /**
     * @param signature name of the signature, in whose folder the files are
     * @param told SHA-256 by name, as announced
     */
    FileComparison(String signature, Storage storage, List<StoredFile> files, Map<String, String> told) {
        this.signature = signature;
        this.storage = storage;
        this.told = told;
        files.forEach(file -> this.files.put(file.name(), file));
    }

    /** Signatures are not signed by each other. */
    static boolean isSignature(String name) {
        return name.endsWith(".sig");
    }

    /** What the files are other than is listed, the first of it; null when they are as listed. */
    @Nullable
    String contradiction(Manifest manifest) throws IOException {
        String folder = folder(manifest);
        for (SignedFile signed : manifest.files()) {
            StoredFile stored = files.get(folder + signed.path());
            String found =
                    stored == null ? absence(folder + signed.path()) : contradiction(manifest.hash(), signed, stored);
            if (found != null) {
                return found;
            }
        }
        String name = signature.substring(signature.lastIndexOf('/') + 1);
        return manifest.isOfOneFile(name) ? null : unlisted(folder, manifest);
    }

    /** Files of which the content was compared so far. */
    int compared() {
        return compared;
    }

    /** How far the comparison went, after {@link #contradiction}. */
    String words() {
        return notCompared == null ? "; all files compared" : "; not compared: " + notCompared;
    }

    /** That of the signature, unless nothing that is listed is there and everything in one folder below. */
    private String folder(Manifest manifest) {
        String here = signature.substring(0, signature.lastIndexOf('/') + 1);
        List<String> paths = manifest.files().stream().map(SignedFile::path).toList();
        if (paths.stream().anyMatch(path -> files.containsKey(here + path))) {
            return here;
        }
        var below = new TreeSet<String>();
        for (String name : files.tailMap(here).keySet()) {
            int slash = name.indexOf('/', here.length());
            if (name.startsWith(here) && slash >= 0) {
                below.add(name.substring(0, slash + 1));
            }
        }
        return below.stream()
                .filter(folder -> paths.stream().allMatch(path -> files.containsKey(folder + path)))
                .findFirst()
                .orElse(here);
    }

    /** Some stores do not list files in deep folders, though they have them. */
    private @Nullable String absence(String name) throws IOException {
        try {
            if (filesLeft-- > 0) {
                storage.open(name);
            }
            notCompared(name + ", which lies deep");
            return null;
        } catch (CheckpointException absent) {
            if (absent.reason() == Reason.MISSING) {
                return name + ": expected a file, as is signed, found none";
            }
            notRead(name, absent);
            return null;
        }
    }

    private @Nullable String contradiction(String hash, SignedFile signed, StoredFile stored) throws IOException {
        String name = stored.name();
        if (signed.size() != SignedFile.UNKNOWN && signed.size() != stored.size()) {
            return name + ": expected " + signed.size() + " bytes, as is signed, found " + stored.size();
        }
        if (!hash.equals(Manifest.SHA256)) {
            notCompared(name + ", whose " + hash + " is not computed here");
            return null;
        }
        try {
            return digests(signed, stored);
        } catch (CheckpointException unreadable) {
            notRead(name, unreadable);
            return null;
        }
    }

    private @Nullable String digests(SignedFile signed, StoredFile stored) throws IOException {
        String name = stored.name();
        String digest = signed.isWhole() ? stored.sha256() : null;
        if (digest == null && stored.size() <= Math.min(FILE_LIMIT, bytesLeft) && filesLeft-- > 0) {
            bytesLeft -= stored.size();
            return contents(signed, stored);
        }
        if (digest == null && signed.isWhole()) {
            digest = told.get(name);
        }
        if (digest == null) {
            notCompared(name + ", of " + stored.size() + " bytes, whose SHA-256 is not told");
            return null;
        }
        compared++;
        return contradiction(name, signed.ranges().getFirst(), digest);
    }

    private @Nullable String contents(SignedFile signed, StoredFile stored) throws IOException {
        var hasher = new RangeHasher(storage.open(stored.name()));
        for (int at = 0; at < signed.ranges().size(); at++) {
            Range range = signed.ranges().get(at);
            boolean last = at == signed.ranges().size() - 1;
            long end = last ? stored.size() : signed.ranges().get(at + 1).start();
            String found = contradiction(stored.name(), range, hasher.sha256(range.start(), end));
            if (found != null) {
                compared++;
                return found;
            }
        }
        compared++;
        return null;
    }

    private static @Nullable String contradiction(String name, Range range, String found) {
        if (range.digest().equals(found)) {
            return null;
        }
        String from = range.start() == 0 ? "" : ", from byte " + range.start();
        return name + from + ": expected SHA-256 " + range.digest() + ", as is signed, found " + found;
    }

    /** What was added after the signing. */
    private @Nullable String unlisted(String folder, Manifest manifest) {
        Set<String> listed = manifest.files().stream().map(SignedFile::path).collect(Collectors.toSet());
        for (StoredFile file : files.tailMap(folder).values()) {
            if (!file.name().startsWith(folder)) {
                break;
            }
            String path = file.name().substring(folder.length());
            boolean folderItself = path.isEmpty() || path.endsWith("/");
            boolean exempt = isSignature(path) || manifest.ignores(path) || manifest.withoutEmpty() && file.size() == 0;
            if (!listed.contains(path) && !folderItself && !exempt) {
                return file.name() + ": expected only files that are signed, found one that is not";
            }
        }
        return null;
    }

    private void notRead(String name, CheckpointException why) throws CheckpointException {
        if (why.reason() == Reason.CHANGED) {
            throw why;
        }
        notCompared(name + ", which cannot be read: " + why.getMessage());
    }

    /** The first is told. */
    private void notCompared(String what) {
        if (notCompared == null) {
            notCompared = what;
        }
    }
}
