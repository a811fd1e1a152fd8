package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessConfigTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void asksPeopleToSignInUnlessToldOtherwise() {
        AccessConfig config = read(Map.of());

        assertThat(config.mode()).isEqualTo(AccessMode.SIGN_IN);
        assertThat(config.signIn()).isNull();
        assertThat(config.sessionKey()).isNull();
    }

    @Test
    void readsItsVariables() throws IOException {
        AccessConfig config = read(Map.of(
                "FOREBEAR_SIGN_IN",
                file(),
                "FOREBEAR_PUBLIC_URL",
                "https://forebear.example.com",
                "FOREBEAR_SESSION_KEY",
                KEY));

        assertThat(config.signIn().clientId()).isEqualTo("forebear");
        assertThat(config.sessionKey().reveal()).isEqualTo(KEY);
        assertThat(config.toString()).doesNotContain(KEY);
        assertThat(read(Map.of("FOREBEAR_ACCESS", "open"))).isEqualTo(AccessConfig.open());
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        assertThat(problems(Map.of("FOREBEAR_ACCESS", "none")))
                .containsExactly("FOREBEAR_ACCESS: expected sign-in or open, found 'none'");
        assertThat(problems(Map.of("FOREBEAR_SESSION_KEY", "short")))
                .containsExactly("FOREBEAR_SESSION_KEY: expected at least 32 bytes, found 5");
        assertThat(problems(Map.of("FOREBEAR_ACCESS", "open", "FOREBEAR_SIGN_IN", file())))
                .containsExactly(
                        "FOREBEAR_SIGN_IN: expected FOREBEAR_ACCESS sign-in with it, found open",
                        "FOREBEAR_PUBLIC_URL: expected the address that the provider sends people back to, found none");
    }

    private String file() throws IOException {
        return Files.writeString(folder.resolve("sign-in.yaml"), """
            issuer: https://sso.example.com
            client-id: forebear
            default-role: viewer
            """).toString();
    }

    private static AccessConfig read(Map<String, String> variables) {
        return new Environment(variables).read(AccessConfig::fromEnvironment);
    }

    private static List<String> problems(Map<String, String> variables) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(variables))
                .problems();
    }
}
