package dev.forebear.worker;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.WeightsNames;
import dev.forebear.schemas.wire.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Digests of all weight files of a model, as its registry or its store tells them; no files where they are not told, or
 * not of every file. Configuration, tokenizer and card are left out: they differ between copies.
 */
record WeightContents(List<ContentDigest> files) {

    static final WeightContents UNKNOWN = new WeightContents(List.of());

    /** So that a hostile list cannot fill a fingerprint's record. */
    private static final int FILES_LIMIT = 256;

    private static final int PATH_LIMIT = 200;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(\\.[^/]*)");

    WeightContents {
        files = List.copyOf(files);
    }

    /** As a registry announced them, or as they were published with a fingerprint. */
    static WeightContents of(List<ContentDigest> contents) {
        List<ContentDigest> weights = contents.stream()
                .filter(file -> WeightsNames.isWeights(file.getPath()))
                .toList();
        boolean known = weights.size() <= FILES_LIMIT
                && weights.stream().allMatch(WeightContents::isKnown)
                && hasAllShards(weights);
        return known ? new WeightContents(weights) : UNKNOWN;
    }

    /** As a store lists them. */
    static WeightContents listed(List<StoredFile> files) {
        return of(files.stream()
                .map(file -> new ContentDigest(file.name(), file.sha256() == null ? "" : file.sha256(), file.size()))
                .toList());
    }

    private static boolean isKnown(ContentDigest file) {
        return file.getPath().length() <= PATH_LIMIT
                && SHA256.matcher(file.getSha256()).matches();
    }

    /** A registry that tells one file at a time must not make a part pass for the whole. */
    private static boolean hasAllShards(List<ContentDigest> weights) {
        Set<String> paths = weights.stream().map(ContentDigest::getPath).collect(Collectors.toSet());
        for (String path : paths) {
            Matcher shard = SHARD.matcher(path);
            if (!shard.matches()) {
                continue;
            }
            int shards = Integer.parseInt(shard.group(3));
            for (int number = 1; number <= shards; number++) {
                String sibling = "%s-%05d-of-%s%s".formatted(shard.group(1), number, shard.group(3), shard.group(4));
                if (!paths.contains(sibling)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The same for every model with the same weight files, whatever they are called; null where they are not known. */
    @Nullable
    String key() {
        if (files.isEmpty()) {
            return null;
        }
        var digests = new TreeSet<String>();
        files.forEach(file -> digests.add(file.getSha256()));
        return Digest.of(Algorithm.SHA256, String.join(" ", digests).getBytes(StandardCharsets.US_ASCII))
                .hex();
    }
}
