package dev.forebear.ingest.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.listing.Answer;
import dev.forebear.ingest.listing.ApiClient;
import dev.forebear.ingest.listing.AwsSignature;
import dev.forebear.ingest.listing.ListingException;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.SqsSource;
import dev.forebear.ingest.sender.NotUnderstoodException;
import dev.forebear.ingest.sender.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import okhttp3.Request;

/**
 * The two calls to a queue of Amazon SQS that are needed, in its JSON protocol. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">the calls</a>
 */
final class SqsQueue implements AutoCloseable {

    /** As many as one call may bring. */
    static final int MOST = 10;

    /** The longest that a call may wait for a message. */
    private static final int WAIT_SECONDS = 20;

    /** A call every time that the last one is done. */
    private static final double CALLS_PER_SECOND = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsSource source;
    private final ApiClient client;

    SqsQueue(String alias, SqsSource source, InstantSource clock) {
        var api =
                new RegistryApi(source.endpoint(), null, null, List.of(), RegistryApi.DEFAULT_EVERY, CALLS_PER_SECOND);
        this.source = source;
        this.client = new ApiClient(
                alias,
                api,
                new AwsSignature(source.accessKey().reveal(), source.secretKey(), source.region(), "sqs", clock));
    }

    /**
     * A message that nobody else gets for a while.
     *
     * @param receipt by which it is deleted
     * @param body not to be changed
     */
    record Message(String id, String receipt, byte[] body) {}

    /**
     * Receives messages.
     *
     * @param waiting whether to wait a while when there are none
     */
    List<Message> receive(int atMost, boolean waiting) throws IOException, InterruptedException {
        Answer answer = call(
                "ReceiveMessage",
                request().put("MaxNumberOfMessages", atMost).put("WaitTimeSeconds", waiting ? WAIT_SECONDS : 0));
        try {
            return answer.object().list("Messages").stream()
                    .map(message -> new Message(
                            message.text("MessageId"),
                            message.text("ReceiptHandle"),
                            message.at("Body").node().asText().getBytes(StandardCharsets.UTF_8)))
                    .toList();
        } catch (NotUnderstoodException e) {
            throw new ListingException(0, answer.call(), "messages", String.valueOf(e.getMessage()));
        }
    }

    /** Takes messages off the queue; one that cannot be taken off comes again. */
    void delete(List<Message> messages) throws IOException, InterruptedException {
        ObjectNode request = request();
        var entries = request.putArray("Entries");
        for (Message message : messages) {
            entries.addObject().put("Id", "m" + entries.size()).put("ReceiptHandle", message.receipt());
        }
        call("DeleteMessageBatch", request);
    }

    private ObjectNode request() {
        return JSON.createObjectNode().put("QueueUrl", source.url().toString());
    }

    private Answer call(String action, ObjectNode body) throws IOException, InterruptedException {
        Answer answer = client.send(
                action,
                new Request.Builder()
                        .url(client.url())
                        .header("X-Amz-Target", "AmazonSQS." + action)
                        .post(ApiClient.body("application/x-amz-json-1.0", body.toString()))
                        .build());
        if (answer.status() >= 400) {
            throw new ListingException(answer.status(), answer.call(), "an answer", word(answer));
        }
        return answer.expectSuccess();
    }

    // What is wrong is one word behind a name space.
    private static String word(Answer answer) {
        try {
            Payload said = Payload.parse(answer.body());
            String type = said.optionalText("__type");
            return answer.status() + (type == null ? "" : " " + type.substring(type.indexOf('#') + 1));
        } catch (NotUnderstoodException e) {
            return String.valueOf(answer.status());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
