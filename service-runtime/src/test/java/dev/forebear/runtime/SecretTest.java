package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    private record Settings(String user, Secret password) {}

    @Test
    void printsAsStarsAlsoInsideRecord() {
        assertThat(new Settings("ann", Secret.of("hunter2"))).hasToString("Settings[user=ann, password=***]");
    }

    @Test
    void matchesOnlyItself() {
        var secret = Secret.of("hf-demo-secret-0001");

        assertThat(secret.matches("hf-demo-secret-0001")).isTrue();
        assertThat(secret.matches("hf-demo-secret-0002")).isFalse();
        assertThat(secret.matches("hf-demo-secret-000")).isFalse();
        assertThat(secret.matches("")).isFalse();
    }

    @Test
    void refusesBlankSecret() {
        assertThatThrownBy(() -> Secret.of("  ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSecretFileOfUnreasonableSize(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "x".repeat(64 * 1024 + 1));

        assertThatThrownBy(() -> Secret.fromFile(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a secret of at most 65536 bytes");
    }
}
