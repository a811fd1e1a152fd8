package dev.forebear.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutatorTest {

    private static final byte[] FILE = "size 12, \0\4\0\0\0\0\0\0\0 and more".getBytes();

    @Test
    void makesTheSameFileAgain() {
        var first = new Mutator(Target.ZIP, List.of(FILE), 1);
        var second = new Mutator(Target.ZIP, List.of(FILE), 1);
        for (int number = 0; number < 100; number++) {
            assertThat(first.file(number)).isEqualTo(second.file(number));
        }
    }

    @Test
    void makesOtherFilesFromAnotherSeedOrTarget() {
        Set<String> files = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            files.add(new String(new Mutator(Target.ZIP, List.of(FILE), 1).file(number)));
            files.add(new String(new Mutator(Target.ZIP, List.of(FILE), 2).file(number)));
            files.add(new String(new Mutator(Target.NPY, List.of(FILE), 1).file(number)));
        }
        assertThat(files).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void damagesACopyOfAFile(Mutation mutation) {
        byte[] file = FILE.clone();
        var random = new SplittableRandom(7);
        int damaged = 0;
        for (int i = 0; i < 50; i++) {
            damaged += new String(mutation.apply(file, new byte[] {1, 2, 3}, random)).equals(new String(FILE)) ? 0 : 1;
        }
        assertThat(file).isEqualTo(FILE);
        assertThat(damaged).isGreaterThan(25);
    }

    @Test
    void readsDamagedFilesOfEveryTarget(@TempDir Path folder) throws Exception {
        var text = new ByteArrayOutputStream();
        var run = new MutationRun(1, 50, folder, new PrintStream(text, true));

        assertThat(run.of(List.of(Target.values()), Corpus.found()))
                .as(text.toString())
                .isTrue();
        assertThat(text.toString())
                .containsPattern("all +" + 50 * Target.values().length + " ")
                .contains("0 findings");
    }

    @Test
    void savesWhatBreaksAParser(@TempDir Path folder) throws IOException {
        var text = new ByteArrayOutputStream();
        var run = new MutationRun(1, 1, folder, new PrintStream(text, true));
        var tally = new Tally();

        run.read(
                Target.ZIP,
                input -> {
                    throw new ArithmeticException("overflow");
                },
                FILE,
                3,
                tally);

        assertThat(folder.resolve("zip-1-3")).hasBinaryContent(FILE);
        assertThat(text.toString()).contains("zip-1-3: java.lang.ArithmeticException: overflow at dev.forebear.fuzz");
        assertThat(tally.files()).isZero();
    }
}
