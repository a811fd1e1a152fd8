package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    @Test
    void isReadAsItIsWritten() {
        TokenText token = TokenText.random();

        assertThat(TokenText.parse(token.reveal())).contains(token);
        assertThat(token.toString()).startsWith(token.id()).doesNotContain(token.secret());
    }

    @Test
    void isNewEachTime() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            TokenText token = TokenText.random();
            assertThat(seen.add(token.id()) & seen.add(token.secret())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fb_",
                "fb__",
                "fb_0123456789abcdef_",
                "fb_0123456789abcdef_0123456789abcdef0123456789abcdef0123456",
                "fb_0123456789abcdef_0123456789abcdef0123456789abcdef012345678",
                "fb_0123456789ABCDEF_0123456789abcdef0123456789abcdef01234567",
                "xx_0123456789abcdef_0123456789abcdef0123456789abcdef01234567",
                "fb_0123456789abcdef_0123456789abcdef0123456789abcdef01234567\n",
            })
    void readsNothingElse(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }
}
