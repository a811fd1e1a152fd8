package dev.forebear.alerts.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** A provider of OpenID Connect in this process: Spring Authorization Server, which knows Ana and her password. */
final class Provider implements AutoCloseable {

    static final String CLIENT = "forebear";
    static final String CLIENT_SECRET = "secret-of-the-client";
    static final String USER = "ana";
    static final String PASSWORD = "correct horse";

    private final Server server = new Server(0);
    private final AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    private volatile JWKSet keys = newKeys();
    private volatile RegisteredClient client = client(URI.create("http://127.0.0.1:1"));
    private volatile Consumer<JwtClaimsSet.Builder> claims = none -> {};

    private Provider() {
        var handler = new ServletContextHandler(ServletContextHandler.SESSIONS);
        spring.setServletContext(handler.getServletContext());
        spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("provider", this));
        spring.register(Beans.class);
        spring.refresh();
        handler.addFilter(
                spring.getBean("springSecurityFilterChain", Filter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
        handler.addServlet(DefaultServlet.class, "/");
        server.setHandler(handler);
    }

    static Provider start() {
        var provider = new Provider();
        try {
            provider.server.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return provider;
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    /** Knows a page that people may be sent back to. */
    void register(URI page) {
        client = client(page);
    }

    /** Says this of people from now on. */
    void claim(Consumer<JwtClaimsSet.Builder> claims) {
        this.claims = claims;
    }

    /** Signs with another key from now on, and does not know the former any more. */
    void rotateKeys() {
        keys = newKeys();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        spring.close();
    }

    private static RegisteredClient client(URI page) {
        return RegisteredClient.withId("1")
                .clientId(CLIENT)
                .clientSecret("{noop}" + CLIENT_SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(page + "/sign-in/callback")
                .postLogoutRedirectUri(page + "/sign-in")
                .scope("openid")
                .scope("email")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
    }

    private static JWKSet newKeys() {
        try {
            return new JWKSet(new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Beans {

        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http) throws Exception {
            var server = new OAuth2AuthorizationServerConfigurer();
            return http.securityMatcher(server.getEndpointsMatcher())
                    .with(server, protocol -> protocol.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .exceptionHandling(
                            unknown -> unknown.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain people(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername(USER)
                    .password("{noop}" + PASSWORD)
                    .roles("USER")
                    .build());
        }

        @Bean
        RegisteredClientRepository clients(Provider provider) {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient client) {
                    provider.client = client;
                }

                @Override
                public RegisteredClient findById(String id) {
                    return provider.client;
                }

                @Override
                public RegisteredClient findByClientId(String clientId) {
                    return clientId.equals(CLIENT) ? provider.client : null;
                }
            };
        }

        @Bean
        JWKSource<SecurityContext> keys(Provider provider) {
            return (selector, context) -> selector.select(provider.keys);
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(Provider provider) {
            return context -> {
                if (context.getTokenType().getValue().equals("id_token")) {
                    context.getClaims().claim("email", "ana@example.com").claim("groups", List.of("governance"));
                    provider.claims.accept(context.getClaims());
                }
            };
        }
    }

    /** An ID token that ended an hour ago. */
    static void expired(JwtClaimsSet.Builder claims) {
        Instant now = Instant.now();
        claims.issuedAt(now.minusSeconds(7_200)).expiresAt(now.minusSeconds(3_600));
    }
}
