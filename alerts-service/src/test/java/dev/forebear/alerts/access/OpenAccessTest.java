package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.alerts.Wire;
import dev.forebear.runtime.ListenAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAccessTest {

    @TempDir
    static Path folder;

    static Wire broker;
    static Instance instance;

    @BeforeAll
    static void start() {
        broker = new Wire(folder.resolve("broker"));
        instance = Instance.start(broker, broker.create("open."), folder, AccessConfig.open());
    }

    @AfterAll
    static void stop() {
        instance.close();
        broker.close();
    }

    @Test
    void letsEverybodyOnThisMachineDoEverything() throws IOException {
        assertThat(instance.control().access().isOpen()).isTrue();
        assertThat(instance.control().firstSignInPath()).isEmpty();
        assertThat(post("127.0.0.1", "")).startsWith("HTTP/1.1 200").contains("\"by\":\"local\"", "\"via\":\"api\"");
        assertThat(post("127.0.0.1", "Sec-Fetch-Site: same-origin\r\n")).contains("\"via\":\"page\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "10.0.0.1", "[::2]"})
    void refusesNamesThatAreNotOfThisMachine(String host) throws IOException {
        assertThat(post(host, "")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080", "LOCALHOST"})
    void knowsNamesOfThisMachine(String host) throws IOException {
        assertThat(post(host, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Origin: https://evil.example", "Origin: null"})
    void refusesPagesOfOthers(String header) throws IOException {
        assertThat(post("127.0.0.1", header + "\r\n")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "localhost, true", "::1, true", "0.0.0.0, false", "10.1.2.3, false", "::, false"})
    void isForTheLoopbackInterfaceOnly(String host, boolean safe) {
        var listen = new ListenAddress(host, 8080);
        if (safe) {
            AccessConfig.open().requireSafe(listen);
        } else {
            assertThatThrownBy(() -> AccessConfig.open().requireSafe(listen))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("FOREBEAR_ACCESS", "sign-in", listen.toString());
        }
        AccessConfig.tokensOnly().requireSafe(listen);
    }

    private static String post(String host, String headers) throws IOException {
        try (var socket = new Socket("127.0.0.1", instance.page().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "POST /api/v1/things HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                    + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
