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
        return new Kinship(
                "hub/" + name + "@1",
                "hub",
                name,
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

    @ParameterizedTest
    @ValueSource(strings = {"other/basalt-7b", "basalt", "quarry/basalt-7b-chat", ""})
    void doesNotTakeAnotherModelForTheDeclaredOne(String declared) {
        assertThat(kin("x", 1, declared).declares(kin("quarry/basalt-7b", 0))).isFalse();
    }
}
