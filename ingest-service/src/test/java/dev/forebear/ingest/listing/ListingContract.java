package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every listing does, whatever the registry. Each is asked of a registry whose events were all lost. */
interface ListingContract {

    /** Between the older and the newer versions of every test registry. */
    Instant SINCE = Instant.parse("2026-11-20T07:00:00Z");

    Secret TOKEN = Secret.of("the-token-of-the-registry");

    RegistryKind kind();

    /** The registry, which gives two entries in a page at most and holds one that is broken. */
    Answers registry();

    /** How it is registered, apart from the address of its API. */
    Registration registration();

    /** Ids of all versions that can be used. */
    List<String> held();

    /** Those of them that changed after {@link #SINCE}. */
    List<String> changed();

    /** The broken entry, as it is called where it is told why it was skipped. */
    String broken();

    /** Whether a request proves who asks. */
    default boolean isProven(Asked asked) {
        return asked.header("Authorization").equals("Bearer " + TOKEN.reveal());
    }

    default List<String> scope() {
        return List.of();
    }

    default String username() {
        return null;
    }

    default Registration at(TestRegistry registry) {
        return registration()
                .askedAt(new RegistryApi(
                        registry.url(), username(), TOKEN, scope(), RegistryApi.DEFAULT_EVERY, 1_000_000));
    }

    default TestRegistry start() {
        return TestRegistry.start(asked -> isProven(asked) ? registry().answer(asked) : Told.status(401));
    }

    @Test
    default void findsEverythingThatNoEventAnnounced() throws Exception {
        try (var registry = start()) {
            Listed listed = Listed.all(at(registry), null);

            assertThat(listed.ids()).containsExactlyInAnyOrderElementsOf(held());
            assertThat(listed.pages()).isGreaterThan(1);
        }
    }

    @Test
    default void givesEveryVersionTheSameEventIdEveryTime() throws Exception {
        try (var registry = start()) {
            List<ModelUpload> uploads = Listed.all(at(registry), null).uploads();

            assertThat(uploads).extracting(ModelUpload::eventId).doesNotHaveDuplicates();
            assertThat(uploads).isEqualTo(Listed.all(at(registry), null).uploads());
        }
    }

    @Test
    default void continuesAtThePageThatFailedWhicheverItIs() throws Exception {
        try (var registry = start()) {
            Listed.all(at(registry), null);
            int requests = registry.asked().size();
            for (int request = 0; request < requests; request++) {
                registry.fail(request, Told.status(500));

                assertThat(Listed.all(at(registry), null).ids())
                        .as("request %d failed", request)
                        .containsExactlyInAnyOrderElementsOf(held());
            }
        }
    }

    @Test
    default void givesOnlyWhatChangedWhenAskedFor() throws Exception {
        try (var registry = start()) {
            assertThat(Listed.all(at(registry), SINCE).ids()).containsExactlyInAnyOrderElementsOf(changed());
        }
    }

    @Test
    default void leavesTheOthersAloneWhenOneEntryIsBroken() throws Exception {
        try (var registry = start()) {
            Listed listed = Listed.all(at(registry), null);

            assertThat(listed.skipped())
                    .singleElement()
                    .asString()
                    .contains(broken())
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    default void saysHowLongABusyRegistryWantsToBeLeftAlone(int status) throws Exception {
        try (var registry = start();
                var listing = Listed.of(at(registry))) {
            registry.fail(0, Told.status(status).with("Retry-After", "7"));

            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOfSatisfying(
                            RegistryBusyException.class,
                            busy -> assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(7)))
                    .hasMessageContaining(registration().alias());
        }
    }

    @Test
    default void namesTheRegistryButNotTheTokenThatItRefuses() throws Exception {
        try (var registry = TestRegistry.start(asked -> Told.status(401));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(registration().alias() + ": ")
                    .hasMessageContaining("expected access, which needs another token, found 401")
                    .hasMessageNotContaining(TOKEN.reveal());
        }
    }

    @Test
    default void takesItsTokenNowhereElse() throws Exception {
        try (var elsewhere = TestRegistry.start(asked -> Told.json("[]"));
                var registry = TestRegistry.start(
                        asked -> new Told(307, Map.of("Location", elsewhere.url() + asked.path()), ""));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("found 307");
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "\"text\"", "7", "<html>", "[1]{}", "\u0000"})
    default void refusesAnAnswerOfAnotherKind(String body) throws Exception {
        try (var registry = TestRegistry.start(asked -> Told.json(body));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(registration().alias() + ": ")
                    .hasMessageContaining("expected")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    default void refusesAnAnswerOfAnySize() throws Exception {
        String large = "\"" + "x".repeat(9 << 20) + "\"";
        try (var registry = TestRegistry.start(asked -> Told.json(large));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected at most 8388608 bytes, found more");
        }
    }

    /** Registrations of the kind under the alias that the tests use. */
    default Registration usual() {
        return Registration.open("internal", kind());
    }

    /** Of entries that are given two in a page, those of the page that begins at an offset. */
    static <T> List<T> two(List<T> entries, int offset) {
        return entries.subList(Math.min(offset, entries.size()), Math.min(offset + 2, entries.size()));
    }
}
