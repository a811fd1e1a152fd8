package dev.forebear.ingest.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.registration.BucketLayout.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketLayoutTest {

    @Test
    void readsNameAndVersionFromFolders() {
        assertThat(BucketLayout.NAME_AND_VERSION.read("helios-7b/v4")).contains(new Place("helios-7b", "v4"));
    }

    @Test
    void readsOwnerAsFirstPartOfTheNameAndSkipsLiterals() {
        assertThat(new BucketLayout("models/{owner}/{name}/{version}").read("models/quarry-ai/basalt/1"))
                .contains(new Place("quarry-ai/basalt", "1"));
    }

    @Test
    void leavesVersionOutWhereTheLayoutHasNone() {
        assertThat(new BucketLayout("{name}").read("helios")).contains(new Place("helios", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "helios", "helios/v4/unet", "/v4", "helios/"})
    void readsNothingFromFolderThatDoesNotFollow(String folder) {
        assertThat(BucketLayout.NAME_AND_VERSION.read(folder)).isEmpty();
    }

    @Test
    void readsNothingWhereLiteralDiffers() {
        assertThat(new BucketLayout("models/{name}/{version}").read("data/helios/v4"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{version}", "{name}/{name}", "{name}/", "{model}/{name}", "v{version}/{name}"})
    void refusesLayoutThatNamesNothingOrTwice(String text) {
        assertThatThrownBy(() -> new BucketLayout(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
