package dev.forebear.alerts.access;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a provider of OpenID Connect say who somebody is: the authorization code flow with PKCE, state and nonce.
 * Thread-safe.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core 1.0, 3.1</a>
 */
final class OpenIdProvider {

    static final String CALLBACK = "/sign-in/callback";

    private final SignIn signIn;
    private final ClientID client;
    private final Supplier<URI> page;
    private final Discovery discovery;

    /** @param page address of the page as people reach it */
    OpenIdProvider(SignIn signIn, Supplier<URI> page, InstantSource clock) {
        this.signIn = signIn;
        this.client = new ClientID(signIn.clientId());
        this.page = page;
        this.discovery = new Discovery(signIn.issuer(), client, clock);
    }

    /** The address to send the browser to. */
    URI ask(Question question) throws ProviderException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope(signIn.scopes().toArray(String[]::new)), client, callback())
                .endpointURI(discovery.provider().metadata().getAuthorizationEndpointURI())
                .state(question.state())
                .nonce(question.nonce())
                .codeChallenge(question.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Who the provider says it is.
     *
     * @param parameters of the answer that the browser brought
     */
    Person answer(Question question, Map<String, List<String>> parameters) throws ProviderException {
        Discovery.Provider provider = discovery.provider();
        AuthorizationCode code = code(provider.metadata(), question, parameters);
        OIDCTokens tokens = redeem(provider.metadata(), question, code);
        return new IdToken(signIn, provider).person(question, tokens);
    }

    /** The address that signs the browser out at the provider; empty when it has none. */
    Optional<URI> signOut(@Nullable String idToken) {
        try {
            URI endpoint = discovery.provider().metadata().getEndSessionEndpointURI();
            return endpoint == null
                    ? Optional.empty()
                    : Optional.of(new LogoutRequest(
                                    endpoint,
                                    idToken == null ? null : JWTParser.parse(idToken),
                                    null,
                                    client,
                                    page.get().resolve("/sign-in"),
                                    null,
                                    null)
                            .toURI());
        } catch (ProviderException | java.text.ParseException e) {
            return Optional.empty();
        }
    }

    private URI callback() {
        return page.get().resolve(CALLBACK);
    }

    private AuthorizationCode code(
            OIDCProviderMetadata metadata, Question question, Map<String, List<String>> parameters)
            throws ProviderException {
        AuthenticationResponse response;
        try {
            response = AuthenticationResponseParser.parse(callback(), parameters);
        } catch (ParseException e) {
            throw new ProviderException("the answer is no answer of a provider", e);
        }
        if (!question.state().equals(response.getState())) {
            throw new ProviderException("the answer has another state than the question", null);
        }
        if (response.getIssuer() != null && !response.getIssuer().equals(metadata.getIssuer())) {
            throw new ProviderException("the answer is from another issuer", null);
        }
        if (!response.indicatesSuccess()) {
            throw new ProviderException(
                    "the provider answered "
                            + response.toErrorResponse().getErrorObject().getCode(),
                    null);
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw new ProviderException("the answer has no code", null);
        }
        return code;
    }

    private OIDCTokens redeem(OIDCProviderMetadata metadata, Question question, AuthorizationCode code)
            throws ProviderException {
        var grant = new AuthorizationCodeGrant(code, callback(), question.verifier());
        try {
            HTTPRequest request = request(metadata, grant).toHTTPRequest();
            Discovery.limit(request);
            TokenResponse response = OIDCTokenResponseParser.parse(request.send());
            if (response instanceof OIDCTokenResponse success) {
                return success.getOIDCTokens();
            }
            ErrorObject error = response.toErrorResponse().getErrorObject();
            throw new ProviderException(
                    "the provider refused the code with status " + error.getHTTPStatusCode() + ": " + error.getCode(),
                    null);
        } catch (IOException e) {
            throw new ProviderException("the provider cannot be reached", e);
        } catch (ParseException e) {
            throw new ProviderException("the provider answered without an ID token", e);
        }
    }

    private TokenRequest request(OIDCProviderMetadata metadata, AuthorizationCodeGrant grant) {
        URI endpoint = metadata.getTokenEndpointURI();
        ClientAuthentication authentication = authentication(metadata);
        return authentication == null
                ? new TokenRequest(endpoint, client, grant)
                : new TokenRequest(endpoint, authentication, grant);
    }

    private @Nullable ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        if (signIn.clientSecret() == null) {
            return null;
        }
        var secret = new Secret(signIn.clientSecret().reveal());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic ? new ClientSecretBasic(client, secret) : new ClientSecretPost(client, secret);
    }
}
