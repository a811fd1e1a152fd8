package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.runtime.Secret;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** Against the cases that Amazon publishes for the signature, version 4. */
class AwsSignatureTest {

    private final AwsSignature signature = new AwsSignature(
            "AKIDEXAMPLE",
            Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            "us-east-1",
            "service",
            InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z")));

    @Test
    void signsARequestWithoutBody() {
        var request =
                new Request.Builder().url("https://example.amazonaws.com/").build();

        assertThat(signature.sign(request).header("Authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void signsABodyWithItsType() {
        var request = new Request.Builder()
                .url("https://example.amazonaws.com/")
                .post(ApiClient.body("application/x-www-form-urlencoded", "Param1=value1"))
                .build();

        assertThat(signature.sign(request).header("Authorization"))
                .endsWith("SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void signsParametersInTheirOrder() {
        var request = new Request.Builder()
                .url("https://example.amazonaws.com/?Param2=value2&Param1=value1")
                .build();

        assertThat(signature.sign(request).header("Authorization"))
                .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }
}
