package dev.forebear.alerts.access;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.Role;
import dev.forebear.schemas.wire.TokenKind;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/tokens}: admins list, make and end the tokens of programs. */
final class TokenRoutes {

    private static final String PATH = "/api/v1/tokens";

    private final Access access;
    private final ApiTokens tokens;
    private final TokenLedger ledger;
    private final AuditTrail audit;

    TokenRoutes(Access access, ApiTokens tokens, TokenLedger ledger, AuditTrail audit) {
        this.access = access;
        this.tokens = tokens;
        this.ledger = ledger;
        this.audit = audit;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(PATH, this::list);
        config.routes.post(PATH, this::issue);
        config.routes.delete(PATH + "/{id}", this::revoke);
    }

    private void list(Context context) {
        access.require(context, Role.ADMIN);
        List<TokenView> items = tokens.all().stream().map(TokenView::of).toList();
        context.json(new TokenList(items, null, items.size(), false));
    }

    private void issue(Context context) {
        Caller caller = access.require(context, Role.ADMIN);
        TokenRequest request = TokenRequest.parse(context.body());
        try {
            IssuedToken issued = ledger.issue(request.name(), request.role(), request.expiresAt(), caller.name());
            ApiToken token = issued.token();
            // The secret is shown when the trail knows of it; before, nobody has the token.
            String end = token.getExpiresAt() == null ? "without end" : "until " + token.getExpiresAt();
            audit.write(
                    caller,
                    "token.created",
                    token.getTokenId(),
                    token.getName() + ", " + Words.of(token.getRole()) + ", " + end);
            context.status(HttpStatus.CREATED)
                    .json(Map.of(
                            "token",
                            TokenView.of(token),
                            "secret",
                            issued.secret().reveal()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        }
    }

    private void revoke(Context context) {
        Caller caller = access.require(context, Role.ADMIN);
        String id = context.pathParam("id");
        ApiToken token = tokens.find(id)
                .filter(found -> found.getKind() == TokenKind.API)
                .orElseThrow(() -> new NotFoundResponse("no token '" + id + "' is known"));
        if (token.getRevokedAt() == null) {
            audit.write(caller, "token.revoked", id, token.getName());
            ledger.revoke(token, caller.name());
        }
        context.status(HttpStatus.NO_CONTENT);
    }
}
