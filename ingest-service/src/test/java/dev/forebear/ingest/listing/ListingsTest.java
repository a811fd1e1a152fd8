package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingsTest {

    private static final URI ADDRESS = URI.create("https://registry.example.com");

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void everyKindOfRegistryCanBeListed(RegistryKind kind) {
        var registration = Registration.open("any", kind).askedAt(RegistryApi.of(ADDRESS, null, List.of("a/b")));

        assertThatCode(() -> Listed.of(registration).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(RegistryKind.class)
    void needsAnAddress(RegistryKind kind) {
        assertThatThrownBy(() -> Listed.of(Registration.open("any", kind)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("any: expected an api");
    }
}
