package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GGUF files of a checkpoint. Where there are several models, as repositories offer one in several sizes, it is the
 * largest, which is the nearest to what it was made from. A model may be split into parts,
 * {@code name-00001-of-00003.gguf}.
 */
public final class GgufFormat {

    private static final String SUFFIX = ".gguf";

    /** The vision part of a composite model, beside its text backbone. */
    private static final String VISION = "mmproj";

    private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
    private static final int PARTS_LIMIT = 10_000;

    private GgufFormat() {}

    /** Whether these files hold weights in this format. */
    public static boolean isIn(List<StoredFile> files) {
        return files.stream().anyMatch(file -> isWeights(file.name()));
    }

    private static boolean isWeights(String name) {
        return name.endsWith(SUFFIX) && name.indexOf('/') < 0 && !name.startsWith(VISION);
    }

    /**
     * Reads headers only.
     *
     * @param files what {@link Storage#list} answered
     * @throws CheckpointException MISSING when a part is, MALFORMED when a file lies, UNSUPPORTED for another version
     */
    public static GgufModel open(Storage storage, List<StoredFile> files) throws IOException {
        List<String> parts = parts(files);
        Metadata metadata = null;
        Map<String, Tensor> tensors = new TreeMap<>();
        for (String part : parts) {
            ByteSource source = storage.open(part);
            GgufHeader header = GgufHeader.read(source);
            metadata = metadata == null ? header.metadata() : metadata;
            for (GgufEntry entry : header.entries()) {
                Tensor other = tensors.putIfAbsent(entry.name(), new GgufTensor(source, header.dataStart(), entry));
                if (other != null) {
                    throw new CheckpointException(
                            Reason.MALFORMED, part, "tensor " + entry.name() + ": expected in one part, found in two");
                }
            }
        }
        if (metadata == null) {
            throw new CheckpointException(Reason.MISSING, storage.location(), "expected *.gguf, found none");
        }
        return new GgufModel(parts.getFirst(), metadata, List.copyOf(tensors.values()));
    }

    private static List<String> parts(List<StoredFile> files) throws CheckpointException {
        Map<String, List<StoredFile>> models = new TreeMap<>();
        for (StoredFile file : files) {
            if (isWeights(file.name())) {
                Matcher part = PART.matcher(file.name());
                models.computeIfAbsent(part.matches() ? part.group(1) : file.name(), name -> new ArrayList<>())
                        .add(file);
            }
        }
        List<StoredFile> largest = models.values().stream()
                .max(Comparator.comparingLong(
                        parts -> parts.stream().mapToLong(StoredFile::size).reduce(0, Math::addExact)))
                .orElse(List.of());
        List<String> names = largest.stream().map(StoredFile::name).sorted().toList();
        requireAll(names);
        return names;
    }

    private static void requireAll(List<String> names) throws CheckpointException {
        if (names.isEmpty()) {
            return;
        }
        Matcher any = PART.matcher(names.getFirst());
        if (!any.matches()) {
            return;
        }
        int count = Integer.parseInt(any.group(3));
        for (int part = 1; part <= Math.min(count, PARTS_LIMIT); part++) {
            String name = "%s-%05d-of-%05d.gguf".formatted(any.group(1), part, count);
            if (!names.contains(name)) {
                throw new CheckpointException(Reason.MISSING, name, "expected beside its other parts, found none");
            }
        }
    }
}
