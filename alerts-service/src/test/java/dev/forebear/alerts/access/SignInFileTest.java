package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInFileTest {

    private static final String SECRET = "s3cret-of-the-client";

    @Test
    void readsAProvider() {
        SignIn signIn = parse("""
            issuer: https://sso.example.com/realms/main
            client-id: forebear
            client-secret: {env: OIDC_SECRET}
            scopes: [openid, groups]
            name-claim: preferred_username
            role-claim: realm_access.roles
            roles:
              admin: [ml-platform]
              responder: [governance, security]
            default-role: viewer
            contact: Ask ml-platform@example.com
            session-lifetime: 4h
            """);

        assertThat(signIn.issuer()).isEqualTo(URI.create("https://sso.example.com/realms/main"));
        assertThat(signIn.clientSecret().reveal()).isEqualTo(SECRET);
        assertThat(signIn.scopes()).containsExactly("openid", "groups");
        assertThat(signIn.sessionLifetime()).isEqualTo(Duration.ofHours(4));
        assertThat(signIn.roleOf(List.of("security", "ml-platform"))).contains(Role.ADMIN);
        assertThat(signIn.roleOf(Set.of("security"))).contains(Role.RESPONDER);
        assertThat(signIn.roleOf(Set.of())).contains(Role.VIEWER);
        assertThat(signIn.knowsAdmins()).isTrue();
        assertThat(signIn.toString()).doesNotContain(SECRET);
    }

    @Test
    void needsLittle() {
        SignIn signIn = parse("""
            issuer: https://sso.example.com
            client-id: forebear
            roles: {viewer: [everybody]}
            """);

        assertThat(signIn.scopes()).containsExactly("openid", "profile", "email");
        assertThat(signIn.nameClaim()).isEqualTo("email");
        assertThat(signIn.roleClaim()).isEqualTo("groups");
        assertThat(signIn.clientSecret()).isNull();
        assertThat(signIn.sessionLifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(signIn.roleOf(List.of("others"))).isEmpty();
        assertThat(signIn.knowsAdmins()).isFalse();
    }

    @Test
    void saysWhereEveryProblemIs() {
        assertThat(problems("""
            issuer: http://sso.example.com
            client-secret: s3cret-of-the-client
            scopes: [email]
            roles:
              owner: [ml-platform]
            session-lifetime: 90d
            """))
                .containsExactly(
                        "sign-in.yaml:1:1: expected 'client-id', found none",
                        "sign-in.yaml:1:1: expected 'roles' or 'default-role' to let somebody in, found neither",
                        "sign-in.yaml:1:9: issuer: expected an https address, or http to this machine, found"
                                + " 'http://sso.example.com'",
                        "sign-in.yaml:2:16: client-secret: expected {env: NAME} or {file: path}, which say where the"
                                + " secret is",
                        "sign-in.yaml:3:9: scopes: expected openid among them, found [email]",
                        "sign-in.yaml:5:3: roles.owner: expected one of admin, responder, viewer, found 'owner'",
                        "sign-in.yaml:6:19: session-lifetime: expected a duration such as 30s, 5m or P1D, found '90d'");
    }

    @Test
    void endsNoSessionLaterThanInAMonth() {
        assertThat(problems("""
            issuer: https://sso.example.com
            client-id: forebear
            default-role: viewer
            session-lifetime: P60D
            """))
                .containsExactly("sign-in.yaml:1:1: session-lifetime: expected at most P30D, found PT1440H");
    }

    private static SignIn parse(String text) {
        return SignInFile.parse("sign-in.yaml", text, name -> name.equals("OIDC_SECRET") ? SECRET : null);
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> parse(text))
                .problems();
    }
}
