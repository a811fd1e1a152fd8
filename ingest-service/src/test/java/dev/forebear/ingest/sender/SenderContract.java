package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Stores;
import dev.forebear.schemas.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every sender does whose announcements tell of uploads. */
interface SenderContract extends ProofContract {

    @Test
    default void acceptsItsSample() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.putAside()).isEmpty();
            assertThat(accepted.uploads()).singleElement().satisfies(upload -> {
                assertThat(upload.id().registry()).isEqualTo("internal");
                assertThat(upload.eventId()).startsWith(kind().word() + ":internal:");
                assertThat(upload.correlationId()).matches("[0-9a-f]{32}");
            });
        });
    }

    @Test
    default void givesRepeatedDeliveryTheSameEventId() {
        var later = Sample.at(Sample.TIME.plusSeconds(60), sample());

        assertThat(receive(later))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        again -> assertThat(again.uploads().getFirst().eventId())
                                .isEqualTo(((Outcome.Accepted) receive(sample()))
                                        .uploads()
                                        .getFirst()
                                        .eventId()));
    }

    @Test
    default void looksWhereTheOperatorSaysTheWeightsLie() {
        var located = registration().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));

        assertThat(Sender.of(located).receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.location())
                    .isEqualTo("s3://mirror/" + upload.id().name() + "/"
                            + upload.id().version() + "/");
        });
    }

    @Test
    default void putsAsideWhatLiesOutsideTheStores() {
        var restricted = registration()
                .locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"))
                .restrictedTo(new Stores(List.of("s3://elsewhere/")));

        assertThat(Sender.of(restricted).receive(sample())).isInstanceOfSatisfying(Outcome.PutAside.class, putAside -> {
            assertThat(putAside.reason()).isEqualTo(DeadLetterReason.UNUSABLE);
            assertThat(putAside.message()).contains("within the stores of internal", "s3://mirror/");
        });
    }
}
