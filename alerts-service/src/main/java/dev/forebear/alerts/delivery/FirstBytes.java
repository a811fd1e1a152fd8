package dev.forebear.alerts.delivery;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The beginning of a response on one line of ASCII; the rest, however long, is not read. */
final class FirstBytes implements HttpResponse.BodySubscriber<String> {

    private static final int MAX_BYTES = 120;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_BYTES);
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    static HttpResponse.BodyHandler<String> handler() {
        return response -> new FirstBytes();
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining() && bytes.size() < MAX_BYTES) {
                bytes.write(buffer.get());
            }
        }
        if (bytes.size() == MAX_BYTES && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toString(StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]+", " ")
                .strip());
    }
}
