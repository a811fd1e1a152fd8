package dev.forebear.alerts.access;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything of this package, wired: who is let in, the routes by which they come, and the audit trail. */
public final class AccessControl implements AutoCloseable {

    private final TokenLedger ledger;
    private final AuditTrail audit;
    private final Access access;
    private final AccessRoutes routes;
    private final @Nullable String firstSignInPath;

    private AccessControl(
            TokenLedger ledger,
            AuditTrail audit,
            Access access,
            AccessRoutes routes,
            @Nullable String firstSignInPath) {
        this.ledger = ledger;
        this.audit = audit;
        this.access = access;
        this.routes = routes;
        this.firstSignInPath = firstSignInPath;
    }

    /**
     * Starts when the read model has caught up; makes the link of the first start when an admin could not come in
     * otherwise.
     *
     * @param page address of the page as people reach it; asked for when somebody comes
     */
    public static AccessControl start(
            AccessConfig config,
            KafkaConfig kafka,
            SchemaRegistryClient schemas,
            ReadModel model,
            TopicFollower follower,
            Supplier<URI> page) {
        var ledger = new TokenLedger(kafka, schemas, follower::await, InstantSource.system());
        var audit = new AuditTrail(kafka, schemas);
        try {
            var wiring = new Wiring(config, new ApiTokens(model.queries()), ledger, audit, page);
            return switch (config.mode()) {
                case OPEN -> wiring.open();
                case SIGN_IN -> wiring.signIn();
            };
        } catch (RuntimeException e) {
            audit.close();
            ledger.close();
            throw e;
        }
    }

    public Access access() {
        return access;
    }

    public AuditTrail audit() {
        return audit;
    }

    /** To be added before all others. */
    public AccessRoutes routes() {
        return routes;
    }

    /** Path of the link that lets an admin in once, secret as it is; empty when there is another way. */
    public Optional<String> firstSignInPath() {
        return Optional.ofNullable(firstSignInPath);
    }

    @Override
    public void close() {
        audit.close();
        ledger.close();
    }

    private record Wiring(
            AccessConfig config, ApiTokens tokens, TokenLedger ledger, AuditTrail audit, Supplier<URI> page) {

        private static final InstantSource CLOCK = InstantSource.system();

        AccessControl open() {
            var refusals = new Refusals(audit, CLOCK);
            var gate = new OpenGate(new CrossSite(page, refusals), refusals);
            return control(
                    new Access(gate, refusals, new SecurityHeaders(page)), List.of(Wiring::nothingToSignIn), null);
        }

        AccessControl signIn() {
            var refusals = new Refusals(audit, CLOCK);
            var crossSite = new CrossSite(page, refusals);
            var failed = new FailedSignIns(CLOCK);
            var cookies = new Cookies(page);
            var sessions = new Sessions(config.sessionKey(), config.sessionLifetime(), cookies, CLOCK);
            var gate = new SignInGate(tokens, sessions, crossSite, refusals, failed, CLOCK);
            var door = new Door(sessions, crossSite, refusals, failed, audit);
            var pages = new Pages();
            var signIn = config.signIn();
            var provider = signIn == null ? null : new OpenIdProvider(signIn, page, CLOCK);
            var questions = SignedClaims.forPurpose("sign-in", config.sessionKey(), CLOCK);
            var first = new FirstSignIn(tokens, ledger, signIn, CLOCK);
            return control(
                    new Access(gate, refusals, new SecurityHeaders(page)),
                    List.of(
                            new SignInRoutes(signIn, provider, questions, cookies, door, pages, CLOCK)::addTo,
                            new LinkRoutes(first, door, pages)::addTo),
                    first.offer().orElse(null));
        }

        private AccessControl control(
                Access access, List<Consumer<JavalinConfig>> ways, @Nullable String firstSignInPath) {
            var tokenRoutes = new TokenRoutes(access, tokens, ledger, audit);
            var own = new ArrayList<>(ways);
            own.add(tokenRoutes::addTo);
            return new AccessControl(ledger, audit, access, new AccessRoutes(access, own), firstSignInPath);
        }

        private static void nothingToSignIn(JavalinConfig config) {
            List.of("/sign-in", "/sign-out")
                    .forEach(path -> config.routes.get(
                            path, context -> context.redirect("/", HttpStatus.SEE_OTHER), OpenTo.EVERYBODY));
        }
    }
}
