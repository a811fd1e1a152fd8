package dev.forebear.alerts.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who somebody is from what the provider signed; what is not in it is asked for at its userinfo endpoint. */
final class IdToken {

    private static final int MAX_NAME_LENGTH = 200;

    private final SignIn signIn;
    private final Discovery.Provider provider;

    IdToken(SignIn signIn, Discovery.Provider provider) {
        this.signIn = signIn;
        this.provider = provider;
    }

    Person person(Question question, OIDCTokens tokens) throws ProviderException {
        IDTokenClaimsSet signed = checked(tokens.getIDToken(), question);
        Map<String, Object> claims = new HashMap<>(signed.toJSONObject());
        if (Claims.find(claims, signIn.roleClaim()) == null || Claims.find(claims, signIn.nameClaim()) == null) {
            userInfo(tokens.getAccessToken(), signed.getSubject().getValue()).forEach(claims::putIfAbsent);
        }
        String name = Stream.of(signIn.nameClaim(), "preferred_username", "sub")
                .map(claim -> Claims.text(claims, claim))
                .map(IdToken::printable)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow(() -> new ProviderException("the ID token names nobody", null));
        return new Person(
                name,
                Claims.texts(claims, signIn.roleClaim()),
                tokens.getIDToken().serialize());
    }

    private IDTokenClaimsSet checked(JWT token, Question question) throws ProviderException {
        try {
            return provider.idTokens().validate(token, question.nonce());
        } catch (BadJOSEException e) {
            throw new ProviderException("the ID token is not good: " + printable(String.valueOf(e.getMessage())), e);
        } catch (JOSEException e) {
            throw new ProviderException(
                    "the ID token cannot be checked: " + printable(String.valueOf(e.getMessage())), e);
        }
    }

    private Map<String, Object> userInfo(@Nullable AccessToken access, String subject) throws ProviderException {
        URI endpoint = provider.metadata().getUserInfoEndpointURI();
        if (endpoint == null || access == null) {
            return Map.of();
        }
        try {
            HTTPRequest request = new UserInfoRequest(endpoint, access).toHTTPRequest();
            Discovery.limit(request);
            UserInfoResponse response = UserInfoResponse.parse(request.send());
            UserInfo info =
                    response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
            // Somebody else's would do, says the specification, were it not compared.
            return info == null || !info.getSubject().getValue().equals(subject) ? Map.of() : info.toJSONObject();
        } catch (IOException | ParseException e) {
            throw new ProviderException("the provider's userinfo cannot be read", e);
        }
    }

    /** One line without control characters or marks that turn the direction of writing, and not too long. */
    private static String printable(String text) {
        String plain = text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
        return plain.length() <= MAX_NAME_LENGTH ? plain : plain.substring(0, MAX_NAME_LENGTH);
    }
}
