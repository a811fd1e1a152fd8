package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import org.junit.jupiter.api.Test;

/** What every listing does of a registry that also sends events: it says the same as they do. */
interface LostEventContract extends ListingContract {

    /** The registry's own event of one of the versions. */
    Webhook event();

    @Test
    default void saysTheSameAsTheEventThatWasLost() throws Exception {
        try (var registry = start()) {
            assertThat(Sender.of(at(registry)).receive(event())).isInstanceOf(Outcome.Accepted.class);
            var accepted = (Outcome.Accepted) Sender.of(at(registry)).receive(event());
            ModelUpload announced = accepted.uploads().getFirst();

            assertThat(Listed.all(at(registry), null).uploads())
                    .filteredOn(listed -> listed.id().equals(announced.id()))
                    .singleElement()
                    .satisfies(listed -> assertThat(listed.location()).isEqualTo(announced.location()));
        }
    }
}
