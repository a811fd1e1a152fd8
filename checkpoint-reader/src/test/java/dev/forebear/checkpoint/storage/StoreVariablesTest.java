package dev.forebear.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.checkpoint.storage.mlflow.MlflowAccess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreVariablesTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void readNoHubUnlessOneIsSet() {
        assertThat(variables(Map.of()).hub()).isNull();
        assertThat(variables(Map.of("HF_TOKEN", "hf_1")).hub())
                .isEqualTo(new HubAccess(URI.create("https://huggingface.co"), Authorization.bearer("hf_1")));
        assertThat(variables(Map.of("HF_ENDPOINT", "http://mirror:8080/hf")).hub())
                .isEqualTo(new HubAccess(URI.create("http://mirror:8080/hf"), null));
        assertThat(problems).isEmpty();
    }

    @Test
    void preferATokenToAPassword() {
        var mlflow = variables(Map.of(
                        "MLFLOW_TRACKING_URI", "https://mlflow.example.org",
                        "MLFLOW_TRACKING_TOKEN", "t",
                        "MLFLOW_TRACKING_USERNAME", "ml"))
                .mlflow();
        assertThat(mlflow)
                .isEqualTo(new MlflowAccess(URI.create("https://mlflow.example.org"), Authorization.bearer("t")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ml:hush@mlflow", "ftp://ml:hush@mlflow", "https://ml:hu sh@mlflow", "hush"})
    void showNoPasswordThatWasWrittenIntoAnAddress(String address) {
        assertThat(variables(Map.of("MLFLOW_TRACKING_URI", address)).mlflow()).isNull();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("MLFLOW_TRACKING_URI: expected")
                .doesNotContain("hush", "hu sh");
    }

    @Test
    void wantUserAndPasswordTogether() {
        variables(Map.of("FOREBEAR_OCI_HOST", "ghcr.io", "FOREBEAR_OCI_USERNAME", "puller"))
                .oci();
        assertThat(problems).anyMatch(problem -> problem.startsWith("FOREBEAR_OCI_USERNAME, FOREBEAR_OCI_PASSWORD:"));
    }

    @Test
    void refuseATokenThatWouldWriteAnotherHeader() {
        assertThat(variables(Map.of("HF_TOKEN", "t\r\nHost: elsewhere")).hub()).isNull();
        assertThat(problems).singleElement().asString().contains("expected printable characters");
    }

    private StoreVariables variables(Map<String, String> values) {
        return new StoreVariables(values::get, values::get, problems::add);
    }
}
