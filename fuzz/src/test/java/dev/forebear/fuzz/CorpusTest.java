package dev.forebear.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {

    private static final long BYTES_LIMIT = 2 << 20;

    /** What was found once stays found. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void everyInputIsReadOrRefusedWithinTheCap(Target target) throws IOException {
        Parser parser = target.parser();
        List<Path> files = Corpus.found().files(target);
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Limits.Cost cost = Limits.read(parser, Files.readAllBytes(file));
            assertThat(cost.bytes()).as("%s", file).isLessThanOrEqualTo(Limits.DEFAULT.allocatedBytes());
        }
    }

    /** Mutations of files that are refused at once would show nothing. */
    @ParameterizedTest
    @EnumSource(Target.class)
    void someInputOfEveryTargetIsRead(Target target) throws IOException {
        Parser parser = target.parser();
        int read = 0;
        for (byte[] input : Corpus.found().inputs(target)) {
            read += Limits.read(parser, input).refusal() == null ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    @Test
    void staysSmall() throws IOException {
        try (Stream<Path> files = Files.walk(Corpus.found().folder())) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(BYTES_LIMIT);
        }
    }
}
