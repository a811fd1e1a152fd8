package dev.forebear.ingest.completion;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights that a folder holds at one moment. Whoever looks at a folder, object by object as they are announced or
 * all at once, calls the same weights by the same tag.
 *
 * @param files by path
 */
public record FolderWeights(List<FolderFile> files) {

    /** Fits into the version of a model. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final int TAG_LENGTH = 32;

    public FolderWeights {
        files = files.stream().sorted(Comparator.comparing(FolderFile::path)).toList();
    }

    /** The weights among these files. */
    public static FolderWeights of(Collection<FolderFile> files) {
        return new FolderWeights(List.copyOf(files));
    }

    /** Whether there is no file of weights. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Whether there are weights, and of every set that was begun all shards, with its index where it needs one. */
    public boolean isComplete() {
        Set<WeightFile> parts = new HashSet<>();
        files.forEach(file -> parts.add(file.part()));
        boolean loadable = parts.stream().anyMatch(part -> !(part instanceof WeightFile.Index));
        return loadable && parts.stream().allMatch(part -> isComplete(part, parts));
    }

    private static boolean isComplete(WeightFile part, Set<WeightFile> parts) {
        return switch (part) {
            case WeightFile.Whole() -> true;
            case WeightFile.Index(String set) ->
                parts.stream()
                        .anyMatch(p -> p instanceof WeightFile.Shard shard
                                && shard.set().equals(set));
            case WeightFile.Shard shard ->
                (!shard.needsIndex() || parts.contains(new WeightFile.Index(shard.set()))) && allThere(shard, parts);
        };
    }

    // Counted before they are looked up: the number of shards comes from a name that anybody may have written.
    private static boolean allThere(WeightFile.Shard shard, Set<WeightFile> parts) {
        return shards(shard, parts).count() == shard.count();
    }

    private static Stream<WeightFile.Shard> shards(WeightFile.Shard like, Set<WeightFile> parts) {
        return parts.stream()
                .filter(WeightFile.Shard.class::isInstance)
                .map(WeightFile.Shard.class::cast)
                .filter(s -> s.set().equals(like.set()) && s.count() == like.count())
                .filter(s -> s.number() >= 1 && s.number() <= s.count());
    }

    /** Digests of the files of which they are told, and a tag that changes with any of them. */
    public Content content() {
        var digests = new Digests();
        files.forEach(file -> digests.add(file.path(), file.sha256(), file.size()));
        return digests.content(tag());
    }

    /** The tag of the only file where it is plain, else a digest over paths and tags of all; fits into a version. */
    public String tag() {
        if (files.size() == 1 && PLAIN.matcher(files.getFirst().tag()).matches()) {
            return files.getFirst().tag();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (FolderFile file : files) {
                String line = file.path() + "\n" + file.tag() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** When the last of them was written. */
    public Instant writtenAt() {
        return files.stream()
                .map(FolderFile::changedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
