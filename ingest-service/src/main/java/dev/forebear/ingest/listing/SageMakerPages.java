package dev.forebear.ingest.listing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.Announced;
import dev.forebear.ingest.sender.Payload;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The versioned model packages of SageMaker. One request for a page and one for each package. Calls are signed with the
 * keys of an account; temporary ones, which need a session token as well, are not supported.
 */
final class SageMakerPages implements Pages {

    private static final int PAGE_SIZE = 50;

    /** A package that was made long before may be completed now; nothing else is asked for by time. */
    private static final Duration SLOWEST = Duration.ofDays(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The region stands in the host: {@code api.sagemaker.<region>.amazonaws.com}. */
    private static final Pattern REGION = Pattern.compile("sagemaker[a-z-]*\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    private static final String DEFAULT_REGION = "us-east-1";

    private final Registration registration;
    private final RegistryApi api;
    private final InstantSource clock;
    private final ApiClient client;

    SageMakerPages(Registration registration, RegistryApi api, InstantSource clock) {
        this.registration = registration;
        this.api = api;
        this.clock = clock;
        this.client = new ApiClient(registration.alias(), api, credentials(api, clock));
    }

    private static Credentials credentials(RegistryApi api, InstantSource clock) {
        Matcher region = REGION.matcher(api.url().getHost());
        return AwsSignature.of(api, region.find() ? region.group(1) : DEFAULT_REGION, "sagemaker", clock);
    }

    /** Groups of packages: those that the operator names, or all at once. */
    @Override
    public List<String> parts() {
        return api.scope().isEmpty() ? WHOLE : api.scope();
    }

    @Override
    public Page page(String group, String token, @Nullable Instant since) throws IOException, InterruptedException {
        ObjectNode question = JSON.createObjectNode()
                .put("MaxResults", PAGE_SIZE)
                .put("ModelPackageType", "Versioned")
                .put("SortBy", "CreationTime")
                .put("SortOrder", "Descending");
        if (!group.isEmpty()) {
            question.put("ModelPackageGroupName", group);
        }
        if (!token.isEmpty()) {
            question.put("NextToken", token);
        }
        if (since != null) {
            question.put("CreationTimeAfter", since.minus(SLOWEST).getEpochSecond());
        }
        Payload answer = ask("ListModelPackages", question);
        var entries = new Entries();
        for (Payload summary : answer.list("ModelPackageSummaryList")) {
            entries.add(String.valueOf(summary.optionalText("ModelPackageArn")), () -> upload(summary));
        }
        return entries.page(answer.at("NextToken").node().asText(""));
    }

    private Payload ask(String operation, ObjectNode question) throws IOException, InterruptedException {
        Request request = new Request.Builder()
                .url(client.url())
                .header("X-Amz-Target", "SageMaker." + operation)
                .post(ApiClient.body("application/x-amz-json-1.1", question.toString()))
                .build();
        Answer answer = client.send(operation, request);
        if (answer.status() == 400) {
            throw refused(answer);
        }
        return answer.expectSuccess().object();
    }

    /** Amazon says what is wrong in the body, also that it is asked too often. */
    private static IOException refused(Answer answer) throws ListingException {
        String type = String.valueOf(answer.object().optionalText("__type"));
        String word = type.substring(type.indexOf('#') + 1);
        if (word.equals("ThrottlingException")) {
            return new RegistryBusyException(
                    answer.call() + ": expected an answer, found " + word, RegistryBusyException.DEFAULT_PAUSE);
        }
        // Others of this status are about one package only where it was named.
        return new ListingException(word.contains("NotFound") ? 404 : 400, answer.call(), "an answer", word);
    }

    private @Nullable Announcement upload(Payload summary) throws IOException, InterruptedException {
        if (!"Completed".equals(summary.optionalText("ModelPackageStatus"))) {
            return null;
        }
        String arn = summary.text("ModelPackageArn");
        Payload described = ask("DescribeModelPackage", JSON.createObjectNode().put("ModelPackageName", arn));
        Long version = described.optionalNumber("ModelPackageVersion");
        ModelVersionId id = Announced.id(
                registration, described.text("ModelPackageGroupName"), version == null ? "" : version.toString());
        double created =
                described.at("CreationTime").node().asDouble(clock.instant().getEpochSecond());
        return ModelUpload.of(
                        EventId.of(registration, "listed", arn),
                        id,
                        Announced.location(registration, id, location(described)),
                        Instant.ofEpochMilli((long) (created * 1000)))
                .declaring(Announced.bases(registration, id, described.at("CustomerMetadataProperties")));
    }

    private static @Nullable String location(Payload described) {
        for (Payload container : described.at("InferenceSpecification").list("Containers")) {
            String folder = container.at("ModelDataSource").at("S3DataSource").optionalText("S3Uri");
            String archive = container.optionalText("ModelDataUrl");
            if (folder != null || archive != null) {
                return folder != null ? folder : archive;
            }
        }
        return null;
    }

    @Override
    public void close() {
        client.close();
    }
}
