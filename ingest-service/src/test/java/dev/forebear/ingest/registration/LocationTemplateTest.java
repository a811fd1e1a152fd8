package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.schemas.ModelVersionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTemplateTest {

    @Test
    void putsNameAndVersionInWhateverOrder() {
        var id = ModelVersionId.of("hub", "quarry-ai/basalt", "v1");

        assertThat(new LocationTemplate("s3://m/{name}/{version}/").locate(id))
                .isEqualTo("s3://m/quarry-ai/basalt/v1/");
        assertThat(new LocationTemplate("s3://m/{version}/{name}").locate(id)).isEqualTo("s3://m/v1/quarry-ai/basalt");
    }

    @Test
    void takesPlaceholderInNameForText() {
        var id = ModelVersionId.of("hub", "{version}", "{name}");

        assertThat(new LocationTemplate("s3://m/{name}/{version}/").locate(id)).isEqualTo("s3://m/{version}/{name}/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3://models/", "s3://models/{name}/", "s3://{bucket}/{name}/{version}/"})
    void refusesTemplateThatWouldNotTellVersionsApart(String text) {
        assertThatThrownBy(() -> new LocationTemplate(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
