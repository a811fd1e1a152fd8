package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionIdTest {

    @ParameterizedTest
    @CsvSource({
        "internal/helios-7b@v4, internal, helios-7b, v4",
        "hub/quarry-ai/basalt-7b@main, hub, quarry-ai/basalt-7b, main",
        "hub/a@b/c@1, hub, a@b/c, 1",
        "hub/org/model@refs/pr/3, hub, org/model, refs/pr/3",
        "s3/Modell Größe@版本, s3, Modell Größe, 版本",
    })
    void splitsAtTheFirstSlashAndTheLastAt(String text, String registry, String name, String version) {
        ModelVersionId id = ModelVersionId.parse(text);

        assertThat(id).isEqualTo(ModelVersionId.of(registry, name, version));
        assertThat(id).hasToString(text);
        assertThat(id.modelId()).isEqualTo(registry + "/" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "helios",
                "helios@v1",
                "registry/helios",
                "v1@registry/helios",
                "/n@v",
                "r/@v",
                "r/n@",
                "r/ @v"
            })
    void refusesWhatLacksAPart(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelVersionId.parse(text))
                .withMessageStartingWith("model version id: expected ")
                .withMessageContaining("found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r/a\nb@v",
                "r/a\u0000b@v",
                "r/a\u202Eb@v",
                "r/a\u2028b@v",
                "r/a\uD800b@v",
                "r/n@v\u007F",
                "\tr/n@v"
            })
    void refusesCharactersThatBreakOrReorderWhatIsShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelVersionId.parse(text))
                .withMessageContaining("without control characters")
                .satisfies(e -> assertThat(e.getMessage()).matches("[\\p{Print}]+"));
    }

    @Test
    void refusesAnythingThatWouldNotParseBackToItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionId.of("a/b", "n", "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionId.of("a@b", "n", "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionId.of("a", "n", "v@w"));
    }

    @Test
    void refusesPartsThatAreTooLong() {
        assertThat(ModelVersionId.of("r".repeat(64), "n".repeat(1024), "v".repeat(256)))
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelVersionId.of("r".repeat(65), "n", "v"))
                .withMessage("model version id: expected a registry of at most 64 characters, found 65");
        assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionId.of("r", "n".repeat(1025), "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> ModelVersionId.of("r", "n", "v".repeat(257)));
    }
}
