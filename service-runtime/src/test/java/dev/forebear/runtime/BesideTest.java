package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BesideTest {

    @Test
    void worksInTheOrderInWhichItWasBegunWhileTheCallerGoesOn() throws Exception {
        List<Integer> done = new CopyOnWriteArrayList<>();
        var mayBegin = new CountDownLatch(1);
        try (var beside = Beside.thread()) {
            beside.begin(() -> {
                awaitUninterrupted(mayBegin);
                return done.add(1);
            });
            var last = beside.begin(() -> done.add(2));

            assertThat(done).isEmpty();
            mayBegin.countDown();

            assertThat(last.await()).isTrue();
            assertThat(done).containsExactly(1, 2);
        }
    }

    @Test
    void throwsWhatTheWorkThrew() {
        try (var beside = Beside.threads(2)) {
            var unreadable = beside.begin(() -> {
                throw new IOException("unreadable");
            });
            var tooLarge = beside.begin(() -> {
                throw new OutOfMemoryError("Java heap space");
            });

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(unreadable::await)
                    .withMessage("unreadable");
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(tooLarge::await);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
