package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarry-ai/basalt-7b",
                " Quarry-AI/Basalt-7B ",
                "quarry-ai/basalt-7b@9f3c",
                "quarry-ai/basalt-7b:latest",
                "quarry-ai/basalt-7b/",
                "Quarry AI/Basalt 7B",
                "hub/quarry-ai/basalt-7b",
                "hub/quarry-ai/basalt-7b@main",
                "basalt-7b",
                "basalt-7b@main",
                "pkg:huggingface/quarry-ai/basalt-7b@faadde15d03eed3f8c60b05c9dbe31ae1240aaea",
                "pkg:huggingface/quarry-ai%2Fbasalt-7b@main?repository_url=https%3A%2F%2Fhub.example",
                "pkg:oci/basalt-7b@sha256%3A9b2c?repository_url=registry.example%2Fquarry-ai%2Fbasalt-7b",
                "https://huggingface.co/quarry-ai/basalt-7b",
                "https://huggingface.co/quarry-ai/basalt-7b/tree/main",
                "https://huggingface.co/Quarry-AI/basalt-7b/resolve/9f3c/model.safetensors?download=true",
                "huggingface.co/quarry-ai/basalt-7b",
                "hf.co/quarry-ai/basalt-7b:Q4_K_M",
                "https://hub.example/quarry-ai/basalt-7b/tree/main",
                "hf://quarry-ai/basalt-7b",
                "hf://quarry-ai/basalt-7b@main",
                "hf://quarry-ai/basalt-7b@main/model.safetensors",
                "oci://registry.example:5000/quarry-ai/basalt-7b@sha256:9b2c",
                "registry.example/quarry-ai/basalt-7b:v1@sha256:9b2c",
                "models:/quarry-ai/basalt-7b/3",
                "models:/basalt-7b/3",
                "models:/basalt-7b@champion"
            })
    void meansTheModelHoweverItIsWritten(String text) {
        assertThat(ModelReference.of(text).means("hub", "quarry-ai/basalt-7b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "@",
                ":",
                "other/basalt-7b",
                "basalt",
                "quarry-ai/basalt-7b-chat",
                "quarry-ai",
                "pkg:huggingface/other/basalt-7b@main",
                "pkg:huggingface/%zz",
                "https://huggingface.co/other/basalt-7b",
                "https://huggingface.co/",
                "hf://other/basalt-7b",
                "oci://registry.example/other/basalt-7b:v1",
                "models:/",
                "models:/other/3",
                "s3://models/other/basalt-7b/"
            })
    void meansNoOtherModel(String text) {
        assertThat(ModelReference.of(text).means("hub", "quarry-ai/basalt-7b")).isFalse();
    }

    @Test
    void meansModelWithoutAnOrganisationByItsLastSegment() {
        assertThat(ModelReference.of("quarry-ai/basalt-7b").means("internal", "basalt-7b"))
                .isTrue();
        assertThat(ModelReference.of("quarry-ai/basalt-7b").isWhole("internal", "basalt-7b"))
                .isFalse();
    }

    @Test
    void findsNameThatItselfHoldsAnAtSign() {
        assertThat(ModelReference.of("hub/a@b/c@1").means("hub", "a@b/c")).isTrue();
    }

    @Test
    void comparesLastSegments() {
        assertThat(ModelReference.sameLastSegment("mirror/Basalt-7B", "quarry-ai/basalt-7b"))
                .isTrue();
        assertThat(ModelReference.sameLastSegment("basalt", "quarry-ai/basalt-7b"))
                .isFalse();
    }
}
