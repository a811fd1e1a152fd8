package dev.forebear.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.registration.SqsSource;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** A queue on a server that speaks as Amazon SQS does. A message that is not deleted comes again after two seconds. */
public final class TestQueue implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final SQSRestServer server;
    private final URI endpoint;
    private final URI url;

    private TestQueue(SQSRestServer server, int port) throws IOException, InterruptedException {
        this.server = server;
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
        ObjectNode request = JSON.createObjectNode().put("QueueName", "models");
        request.putObject("Attributes").put("VisibilityTimeout", "2");
        this.url = URI.create(call("CreateQueue", request).path("QueueUrl").asText());
    }

    /** An empty one. */
    public static TestQueue start() throws IOException, InterruptedException {
        SQSRestServer server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start();
        return new TestQueue(server, server.waitUntilStarted().localAddress().getPort());
    }

    /** As a registration names it. */
    public SqsSource source() {
        return new SqsSource(url, "eu-central-1", Secret.of("AKIDEXAMPLE"), Secret.of("sqs-demo-secret"), endpoint);
    }

    public void send(byte[] body) throws IOException, InterruptedException {
        call("SendMessage", queue().put("MessageBody", new String(body, StandardCharsets.UTF_8)));
    }

    /** How many messages it holds, whether or not somebody is at work on them. */
    public int size() throws IOException, InterruptedException {
        ObjectNode request = queue();
        request.putArray("AttributeNames").add("All");
        JsonNode attributes = call("GetQueueAttributes", request).path("Attributes");
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
    }

    private ObjectNode queue() {
        return JSON.createObjectNode().put("QueueUrl", url.toString());
    }

    private JsonNode call(String action, ObjectNode body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString(body.toString()));
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(action + ": expected 200, found " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        // Not waited for: long polls that nobody waits for any more would have to run out.
        server.stopAndGetFuture().apply();
        client.close();
    }
}
