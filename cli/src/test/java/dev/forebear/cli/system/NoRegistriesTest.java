package dev.forebear.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.RegistrationsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoRegistriesTest {

    @TempDir
    private Path data;

    @Test
    void makesAFileThatConnectsNobody() {
        assertThat(RegistrationsFile.read(NoRegistries.in(data), name -> null)).isEmpty();
    }

    @Test
    void leavesAFileThatSomebodyFilledAsItIs() throws IOException {
        var filled = Files.writeString(data.resolve(NoRegistries.FILE), "registries: []\n# mine\n");

        assertThat(NoRegistries.in(data)).isEqualTo(filled).content().contains("# mine");
    }
}
