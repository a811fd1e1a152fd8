package dev.forebear.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Jazzer enters. Its arguments are the folder of the corpus and the targets; of several, the first byte of an
 * input says which one is meant.
 */
public final class CoverageEntry {

    private static final int WARM_UP_ROUNDS = 2;

    private static List<Parser> parsers = List.of();

    private CoverageEntry() {}

    /** Called by Jazzer, once. */
    public static void fuzzerInitialize(String[] arguments) throws IOException {
        Path corpus = Path.of(arguments[0]);
        List<Target> targets = Arrays.stream(arguments).skip(1).map(Target::of).toList();
        parsers = targets.stream().map(Target::parser).toList();
        for (int i = 0; i < targets.size(); i++) {
            warmUp(parsers.get(i), corpus.resolve(targets.get(i).word()));
        }
    }

    // Classes are loaded and instrumented when they are first needed, which is not the fault of an input.
    private static void warmUp(Parser parser, Path seeds) throws IOException {
        try (Stream<Path> files = Files.list(seeds)) {
            for (Path file : files.sorted().toList()) {
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    Limits.read(parser, Files.readAllBytes(file));
                }
            }
        }
    }

    /** Called by Jazzer, for every input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (parsers.size() == 1) {
            check(parsers.getFirst(), input);
        } else if (input.length > 0) {
            int target = Byte.toUnsignedInt(input[0]) % parsers.size();
            check(parsers.get(target), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static void check(Parser parser, byte[] input) throws IOException {
        Limits.DEFAULT.exceeded(Limits.read(parser, input)).ifPresent(excess -> {
            throw new IllegalStateException(excess);
        });
    }
}
