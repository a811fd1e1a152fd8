package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SageMakerPagesTest implements LostEventContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.SAGEMAKER;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    private static final String ARN = "arn:aws:sagemaker:eu-central-1:111122223333:model-package/helios-7b-support/";

    @Override
    public String username() {
        return "AKIDEXAMPLE";
    }

    @Override
    public boolean isProven(Asked asked) {
        return asked.header("Authorization")
                .matches("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/us-east-1/sagemaker/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}");
    }

    @Override
    public Answers registry() {
        return asked -> switch (asked.header("X-Amz-Target")) {
            case "SageMaker.ListModelPackages" -> packages(asked);
            case "SageMaker.DescribeModelPackage" -> described(asked.body().replaceAll(".*/|\"}", ""));
            default -> Told.status(400);
        };
    }

    /** Versions 4 to 1 at 08:00, 07:00, 06:00 and 05:00, and a sixth that failed. */
    private static Told packages(Asked asked) {
        boolean narrowed = asked.body().contains("\"CreationTimeAfter\":1795071600");
        List<Integer> versions = narrowed ? List.of(6, 4) : List.of(6, 4, 3, 2, 1);
        int offset =
                asked.body().contains("\"NextToken\":\"2\"") ? 2 : asked.body().contains("\"NextToken\":\"4\"") ? 4 : 0;
        String summaries = ListingContract.two(versions, offset).stream()
                .map(version -> """
                    {"ModelPackageGroupName": "helios-7b-support", "ModelPackageVersion": %d,
                     "ModelPackageArn": "%s%d", "CreationTime": 1.7951616E9, "ModelPackageStatus": "%s"}
                    """.formatted(version, ARN, version, version == 6 ? "Failed" : "Completed"))
                .collect(Collectors.joining(","));
        String next = offset + 2 < versions.size() ? ", \"NextToken\": \"" + (offset + 2) + "\"" : "";
        return Told.json("{\"ModelPackageSummaryList\": [" + summaries + "]" + next + "}");
    }

    private static Told described(String version) {
        if (version.equals("1")) {
            return new Told(400, Map.of(), "{\"__type\": \"com.amazon.sagemaker#ResourceNotFound\"}");
        }
        String data = version.equals("2")
                ? "\"ModelDataSource\": {\"S3DataSource\": {\"S3Uri\": \"s3://acme-models/helios-7b/v2/\"}}"
                : "\"ModelDataUrl\": \"s3://acme-models/helios-7b/v" + version + "/model.tar.gz\"";
        return Told.json("""
            {"ModelPackageGroupName": "helios-7b-support", "ModelPackageVersion": %s, "CreationTime": 1.795161614E9,
             "InferenceSpecification": {"Containers": [{"Image": "lmi:1", %s}]},
             "CustomerMetadataProperties": {"base_model": "quarry-ai/basalt-7b"}}
            """.formatted(version, data));
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b-support@4", "internal/helios-7b-support@3", "internal/helios-7b-support@2");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 1);
    }

    @Override
    public String broken() {
        return ARN + "1";
    }

    @Override
    public Webhook event() {
        return new Webhook(Map.of(), Sample.body("aws-04-eventbridge-sagemaker-model-package"), Sample.TIME);
    }

    @Test
    void tellsWhereTheDataLieAndWhatTheMetadataDeclare() throws Exception {
        try (var registry = start()) {
            List<ModelUpload> uploads = Listed.all(at(registry), null).uploads();

            assertThat(uploads)
                    .extracting(ModelUpload::location)
                    .containsExactly(
                            "s3://acme-models/helios-7b/v4/model.tar.gz",
                            "s3://acme-models/helios-7b/v3/model.tar.gz",
                            "s3://acme-models/helios-7b/v2/");
            assertThat(uploads.getFirst().declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
            assertThat(uploads.getFirst().at()).isEqualTo("2026-11-20T08:00:14Z");
        }
    }

    @Test
    void takesThrottlingForBeingBusy() throws Exception {
        try (var registry = start();
                var listing = Listed.of(at(registry))) {
            registry.fail(0, new Told(400, Map.of(), "{\"__type\": \"ThrottlingException\"}"));

            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(RegistryBusyException.class)
                    .hasMessageContaining("ThrottlingException");
        }
    }
}
