package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds to the corpus, of what fuzzing single targets found, the smallest input for every answer that is new. */
@Command(name = "keep", description = "Adds the smallest input for every new answer to the corpus.")
final class Keep implements Callable<Integer> {

    /** Frames that tell one refusal from another. */
    private static final int FRAMES = 2;

    @Parameters(paramLabel = "TARGET", arity = "1..*", description = "Folders in fuzz/corpus.")
    private List<String> targets = List.of();

    @Option(names = "--out", description = "What cover was given (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("fuzz", "target", "fuzzing");

    @Option(names = "--longest", description = "Bytes of the longest input that is kept (default: ${DEFAULT-VALUE}).")
    private int longest = 2_000;

    @Override
    public Integer call() throws IOException {
        for (String target : targets) {
            int kept = keep(Target.of(target));
            System.out.println(target + ": " + kept + " kept");
        }
        return 0;
    }

    private int keep(Target target) throws IOException {
        Corpus corpus = Corpus.found();
        Parser parser = target.parser();
        Set<String> known = new HashSet<>();
        for (byte[] input : corpus.inputs(target)) {
            known.add(answer(parser, input));
        }
        int kept = 0;
        for (Path file : found(target)) {
            byte[] input = Files.readAllBytes(file);
            if (input.length <= longest && known.add(answer(parser, input))) {
                String name = "found-" + file.getFileName().toString().toLowerCase(Locale.ROOT);
                Files.write(corpus.folder().resolve(target.word()).resolve(name), input);
                kept++;
            }
        }
        return kept;
    }

    /** The smallest first. */
    private List<Path> found(Target target) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve("found").resolve(target.word()))) {
            var sorted = new ArrayList<>(files.toList());
            sorted.sort(Comparator.<Path>comparingLong(file -> file.toFile().length())
                    .thenComparing(Path::toString));
            return sorted;
        }
    }

    private static String answer(Parser parser, byte[] input) throws IOException {
        try {
            parser.read(input);
            return "read";
        } catch (CheckpointException refused) {
            return refused.reason()
                    + Arrays.stream(refused.getStackTrace())
                            .limit(FRAMES)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining(" "));
        }
    }
}
