package dev.forebear.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void commitsUpToTheOldestChangeThatWaitsAndSaysWhatIsPublishedAfterIt() {
        Progress progress = Progress.of(20, List.of(15L, 12L));

        assertThat(progress.committable().offset()).isEqualTo(12);
        assertThat(progress.isTold(11)).isTrue();
        assertThat(progress.isTold(12)).isFalse();
        assertThat(progress.isTold(13)).isTrue();
        assertThat(progress.isTold(15)).isFalse();
        assertThat(progress.isTold(20)).isFalse();
    }

    @Test
    void isReadAsItWasCommitted() {
        for (Progress progress : List.of(Progress.of(20, List.of(15L, 12L)), Progress.of(20, List.of()))) {
            assertThat(Progress.of(progress.committable())).isEqualTo(progress);
        }
        assertThat(Progress.of(null)).isEqualTo(Progress.NONE);
    }

    @Test
    void saysLessWhereMoreFoldersWaitThanFitIntoTheMetadata() {
        List<Long> waiting =
                LongStream.range(1_000_000_000_000L, 1_000_000_001_000L).boxed().toList();
        Progress progress = Progress.of(2_000_000_000_000L, waiting);

        assertThat(progress.committable().metadata()).hasSizeLessThan(4_096);
        assertThat(waiting).noneMatch(progress::isTold);
    }

    @Test
    void metadataOfSomebodyElseSayNothing() {
        var progress = Progress.of(new OffsetAndMetadata(7, "somebody else's"));

        assertThat(progress.isTold(6)).isTrue();
        assertThat(progress.isTold(7)).isFalse();
    }
}
