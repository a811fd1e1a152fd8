package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KinshipTest {

    private static Kinship kin(String name, int seconds, String... declares) {
        return Kinship.of(
                "hub/" + name + "@1",
                "hub",
                name,
                List.of(),
                Models.START.plusSeconds(seconds),
                List.of(declares).stream()
                        .map(base -> new DeclaredBase(base, null, "model-card", DeclarationStrength.STATED, null))
                        .toList());
    }

    @Test
    void descendsFromWhatWasUploadedBefore() {
        assertThat(kin("b", 2).mayDescendFrom(kin("a", 1))).isTrue();
        assertThat(kin("a", 1).mayDescendFrom(kin("b", 2))).isFalse();
    }

    @Test
    void descendsFromWhatItDeclaresEvenWhenThatWasUploadedLater() {
        var derived = kin("derived", 1, "base");
        var base = kin("base", 2);

        assertThat(derived.mayDescendFrom(base)).isTrue();
        assertThat(base.mayDescendFrom(derived)).isFalse();
    }

    @Test
    void ordersModelsOfTheSameMomentByTheirIds() {
        assertThat(kin("b", 1).mayDescendFrom(kin("a", 1))).isTrue();
        assertThat(kin("a", 1).mayDescendFrom(kin("b", 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarry/basalt-7b", "Quarry/Basalt-7B", "basalt-7b", "hub/quarry/basalt-7b"})
    void recognisesADeclaredName(String declared) {
        assertThat(kin("x", 1, declared).declares(kin("quarry/basalt-7b", 0))).isTrue();
    }

    @Test
    void takesAHintForNoDeclaration() {
        var hint = new DeclaredBase("quarry/basalt-7b", null, "config", DeclarationStrength.HINT, null);
        var derived = Kinship.of("hub/x@1", "hub", "x", List.of(), Models.START, List.of(hint));

        assertThat(derived.declares(kin("quarry/basalt-7b", 0))).isFalse();
        assertThat(derived.mentions(kin("quarry/basalt-7b", 0))).isTrue();
        assertThat(derived.mayDescendFrom(kin("quarry/basalt-7b", 1))).isFalse();
    }

    @Test
    void recognisesAModelByANameThatItHadOrHas() {
        var renamed = kin("quarry/basalt-7b", 0).named(List.of("quarry/old"));

        assertThat(kin("x", 1, "quarry/old").declares(renamed)).isTrue();
        assertThat(kin("x", 1, "quarry/other").declares(renamed)).isFalse();
        assertThat(kin("quarry/old", 1).discloses(renamed)).isTrue();
        assertThat(kin("x", 1).discloses(renamed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other/basalt-7b", "basalt", "quarry/basalt-7b-chat", ""})
    void doesNotTakeAnotherModelForTheDeclaredOne(String declared) {
        assertThat(kin("x", 1, declared).declares(kin("quarry/basalt-7b", 0))).isFalse();
    }
}
