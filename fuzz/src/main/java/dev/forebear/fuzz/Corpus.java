package dev.forebear.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs that lie in the tree: a folder for each target. */
record Corpus(Path folder) {

    /** Below the root of the project and in the module itself. */
    static Corpus found() throws IOException {
        for (String candidate : List.of("fuzz/corpus", "corpus")) {
            if (Files.isDirectory(Path.of(candidate))) {
                return new Corpus(Path.of(candidate));
            }
        }
        throw new IOException("expected to run in the root of the project, found no folder fuzz/corpus");
    }

    /** Files of a target, sorted by name. */
    List<Path> files(Target target) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(target.word()))) {
            return files.sorted().toList();
        }
    }

    List<byte[]> inputs(Target target) throws IOException {
        var inputs = new ArrayList<byte[]>();
        for (Path file : files(target)) {
            inputs.add(Files.readAllBytes(file));
        }
        return List.copyOf(inputs);
    }
}
