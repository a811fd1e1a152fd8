package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTricksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../api/v1/things",
                "/api/v1/..%2fthings",
                "/api/v1/%2e%2e/things",
                "/api/v1/.%2E/things",
                "/api/v1/..;/things",
                "/api/v1/..;a=b/things",
                "/api/v1/./things",
                "/api/v1/..%5cthings",
                "/api/v1/things%00",
                "/api/v1/things%0d%0aSet-Cookie:x",
                "/..",
            })
    void knowsWhatLeadsElsewhere(String path) {
        assertThat(PathTricks.isOneOf(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/models/internal%2fhelios-7b@v1.2",
                "/api/v1/models/a..b",
                "/api/v1/models/.hidden",
                "/api/v1/models/...",
                "/api/v1/models/100%25",
                "/api/v1/models/%c3%a9%zz%",
                "/assets/page.0a1b2c3d.css",
            })
    void leavesNamesAlone(String path) {
        assertThat(PathTricks.isOneOf(path)).isFalse();
    }
}
