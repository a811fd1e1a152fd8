package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignerTest {

    @Test
    void signsTheSampleAsTheSampleSays() throws IOException {
        JsonNode sample = new ObjectMapper()
                .readTree(WebhookSignerTest.class.getResource("out-01-standard-webhook-alert.http.json"));
        JsonNode headers = sample.get("headers");
        byte[] body;
        try (var in = WebhookSignerTest.class.getResourceAsStream("out-01-standard-webhook-alert.body.json")) {
            body = in.readAllBytes();
        }
        var signer = new WebhookSigner(Secret.of(sample.get("secret").asText()));

        String signature = signer.signature(
                headers.get("webhook-id").asText(),
                headers.get("webhook-timestamp").asLong(),
                body);

        assertThat(signature).isEqualTo(headers.get("webhook-signature").asText());
    }

    @Test
    void signsTheVectorOfTheSpecification() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        assertThat(new WebhookSigner(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                        .signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @CsvSource({
        "m5WQVds3LX/JjlSgclm0LRRkB+LZCabS, begins with whsec_",
        "whsec_m5WQVds3, found 6",
        "whsec_!!!, expected Base64 after whsec_"
    })
    void refusesSecretsOfAnotherKindWithoutShowingThem(String secret, String problem) {
        assertThatThrownBy(() -> new WebhookSigner(Secret.of(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("m5WQ")
                .hasNoCause();
    }
}
