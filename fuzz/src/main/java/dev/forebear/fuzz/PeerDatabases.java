package dev.forebear.fuzz;

import dev.forebear.cli.reference.peer.PeerDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A database of the peer, of one model.
 *
 * <pre>
 *   name u8 (index in NAMES, modulo), length u16 little-endian (at most what is left), bytes; and again until the end
 * </pre>
 */
final class PeerDatabases implements Parser {

    /** New names go to the end, or the inputs in the corpus become others. */
    private static final List<String> NAMES =
            List.of("catalog/manifest.json", "catalog/family.json", "features.json", "signals.parquet");

    private static final int HEADER = 3;

    private final Path folder;

    PeerDatabases() {
        try {
            folder = Files.createTempDirectory("forebear-fuzz-");
            Files.createDirectory(folder.resolve("catalog")).toFile().deleteOnExit();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        folder.toFile().deleteOnExit();
    }

    @Override
    public void read(byte[] input) throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        int at = 0;
        while (input.length - at >= HEADER) {
            int name = Byte.toUnsignedInt(input[at]) % NAMES.size();
            int length = Byte.toUnsignedInt(input[at + 1]) | Byte.toUnsignedInt(input[at + 2]) << 8;
            int end = Math.min(input.length, at + HEADER + length);
            Path file = folder.resolve(NAMES.get(name));
            Files.write(file, Arrays.copyOfRange(input, at + HEADER, end));
            file.toFile().deleteOnExit();
            at = end;
        }
        ReferenceModels.read(() -> PeerDatabase.open(folder));
    }
}
