package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

    private final Stores models = new Stores(List.of("s3://models", "/srv/models/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://models/",
                "s3://models/helios/v4/",
                "s3://models",
                "/srv/models/helios",
                "s3://models/a b+ü"
            })
    void holdWhatLiesBelowOneOfThem(String location) {
        assertThat(models.hold(location)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://models-of-others/x/",
                "s3://other/models/",
                "s3://models/../other/",
                "s3://models/./x",
                "/srv/models/../../etc/passwd",
                "/srv/models\\..\\x",
                "file:///srv/models/x",
                "hf://models/x@1",
                "s3://models/x\u0000",
                "s3://models/x\ny",
                ""
            })
    void refuseWhatLiesElsewhereOrIsNotPlain(String location) {
        assertThat(models.hold(location)).isFalse();
    }

    @Test
    void holdAnyBucketAndRepositoryButNoFileWhenNoneAreNamed() {
        assertThat(Stores.any().hold("s3://anything/x/")).isTrue();
        assertThat(Stores.any().hold("hf://org/name@main")).isTrue();
        assertThat(Stores.any().hold("oci://registry.example.com/models/helios:v4"))
                .isTrue();
        assertThat(Stores.any().hold("models:/m-0a1b")).isTrue();
        assertThat(Stores.any().hold("runs:/../x")).isFalse();
        assertThat(Stores.any().hold("/srv/models/x")).isFalse();
        assertThat(Stores.any().hold("file:///srv/models/x")).isFalse();
        assertThat(Stores.any().hold("http://169.254.169.254/latest")).isFalse();
    }

    @Test
    void refuseFileAddressWithEscapesThatWouldClimbOnceDecoded() {
        var files = new Stores(List.of("file:///srv/models/"));

        assertThat(files.hold("file:///srv/models/helios")).isTrue();
        assertThat(files.hold("file:///srv/models/%2e%2e/secret")).isFalse();
        assertThat(files.hold("file:///srv/models/..%2Fsecret")).isFalse();
    }

    @Test
    void refuseUnreasonablyLongLocation() {
        assertThat(models.hold("s3://models/" + "x".repeat(5000))).isFalse();
    }

    @Test
    void refusesStoreThatClimbs() {
        assertThatThrownBy(() -> new Stores(List.of("s3://models/../x"))).isInstanceOf(IllegalArgumentException.class);
    }
}
