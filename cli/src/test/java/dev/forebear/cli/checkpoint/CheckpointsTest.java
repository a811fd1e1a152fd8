package dev.forebear.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.runtime.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointsTest {

    @ParameterizedTest
    @CsvSource({
        "zoo/base-a, base-a",
        "zoo/base-a/, base-a",
        "s3://models/helios/v4, v4",
        "base-a, base-a",
        "/, checkpoint",
        ".., checkpoint",
        "zoo/base-a/model.safetensors, model.safetensors"
    })
    void theNameIsTheLastPartOfTheLocation(String location, String name) {
        assertThat(Checkpoints.name(location)).isEqualTo(name);
    }

    @Test
    void reportsEveryWrongSettingOfObjectStorageAtOnce() {
        var checkpoints = new Checkpoints(Map.of("FOREBEAR_S3_ENDPOINT", "nowhere", "FOREBEAR_S3_ACCESS_KEY", "key"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> checkpoints.open("s3://models/a"))
                .satisfies(wrong -> assertThat(wrong.problems())
                        .hasSize(2)
                        .anyMatch(problem -> problem.contains("FOREBEAR_S3_ENDPOINT"))
                        .anyMatch(problem -> problem.contains("found one")));
    }
}
