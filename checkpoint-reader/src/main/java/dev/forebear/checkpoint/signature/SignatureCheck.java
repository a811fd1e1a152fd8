package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a model's own signature, by the OpenSSF Model Signing specification 1.0, against its files. It
 * tells that a signature contradicts the files, or that it does not; never who signed, since no key is trusted here.
 *
 * @param file name of the signature, within the model
 * @param message one line: of a contradiction what, expected, found
 * @param listed files that the signature lists; 0 when that is not known
 * @param compared those whose content was held against what is listed
 * @see <a href="https://github.com/ossf/model-signing-spec/blob/main/spec/v1.0.md">Specification</a>
 */
public record SignatureCheck(String file, State state, String message, int listed, int compared) {

    /** How a signature stands to the files. */
    public enum State {
        /** Nothing contradicts it, as far as could be checked without reading all weights. */
        CONSISTENT,
        /** The files, or the signature itself, are not what was signed. */
        TAMPERED,
        /** It is not what its name promises. */
        UNREADABLE,
        /** It is of a kind that is not known here. */
        UNSUPPORTED
    }

    /** A manifest of some ten thousand files. */
    private static final int SIZE_LIMIT = 4 << 20;

    /** A folder of adapters may hold a signature of each. */
    private static final int SIGNATURES_LIMIT = 4;

    private static final String USUAL_NAME = "model.sig";

    /**
     * Checks the signatures beside the files; of several the first that contradicts them counts, or else the first.
     *
     * @param told SHA-256 of files by name, as their registry announced them
     * @return null for a model without one
     * @throws CheckpointException CHANGED when a file changed while it was read; nothing that files hold throws
     * @throws IOException if the storage could not be reached
     */
    public static @Nullable SignatureCheck of(Storage storage, Map<String, String> told) throws IOException {
        Storage stored = storage.asStored();
        List<StoredFile> files = listed(stored);
        SignatureCheck first = null;
        for (String name : signatures(files)) {
            SignatureCheck check = check(name, stored, files, told);
            if (check != null && check.state == State.TAMPERED) {
                return check;
            }
            first = first == null ? check : first;
        }
        return first;
    }

    /** What cannot be listed has no weights either: whoever opens them says why. */
    private static List<StoredFile> listed(Storage storage) throws IOException {
        try {
            return storage.list();
        } catch (CheckpointException unlistable) {
            return List.of();
        }
    }

    /** Those of the usual name first, then those of the fewest folders. */
    private static List<String> signatures(List<StoredFile> files) {
        return files.stream()
                .filter(file -> isUsual(file.name()) || file.size() <= SIZE_LIMIT)
                .map(StoredFile::name)
                .filter(FileComparison::isSignature)
                .sorted(Comparator.comparing((String name) -> !isUsual(name))
                        .thenComparing(
                                name -> name.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SIGNATURES_LIMIT)
                .toList();
    }

    private static boolean isUsual(String name) {
        return name.substring(name.lastIndexOf('/') + 1).equals(USUAL_NAME);
    }

    private static @Nullable SignatureCheck check(
            String name, Storage storage, List<StoredFile> files, Map<String, String> told) throws IOException {
        try {
            byte[] content = storage.open(name).readAll(SIZE_LIMIT);
            if (!isUsual(name) && !isJson(content)) {
                // Other tools end the names of theirs like this, too.
                return null;
            }
            return check(name, Bundle.parse(name, content), new FileComparison(name, storage, files, told));
        } catch (CheckpointException unreadable) {
            if (unreadable.reason() == Reason.CHANGED) {
                throw unreadable;
            }
            State state = unreadable.reason() == Reason.UNSUPPORTED ? State.UNSUPPORTED : State.UNREADABLE;
            return new SignatureCheck(name, state, String.valueOf(unreadable.getMessage()), 0, 0);
        }
    }

    private static boolean isJson(byte[] content) {
        for (byte character : content) {
            if (!Character.isWhitespace(character)) {
                return character == '{';
            }
        }
        return false;
    }

    private static SignatureCheck check(String name, Bundle bundle, FileComparison files) throws IOException {
        if (!bundle.mayFit()) {
            return new SignatureCheck(
                    name, State.TAMPERED, name + ": signature: expected one by " + bundle.key() + ", found none", 0, 0);
        }
        Manifest manifest = Manifest.parse(name, bundle.payload());
        String contradiction = manifest.contradiction();
        if (contradiction == null) {
            contradiction = files.contradiction(manifest);
        }
        int listed = manifest.files().size();
        return contradiction == null
                ? new SignatureCheck(name, State.CONSISTENT, bundle.words() + files.words(), listed, files.compared())
                : new SignatureCheck(name, State.TAMPERED, contradiction, listed, files.compared());
    }
}
