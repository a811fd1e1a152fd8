package dev.forebear.alerts.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in at the provider and signing out; each step shows a page or leads to the next. */
final class SignInRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
    private static final String QUESTION = "forebear-sign-in";
    private static final String ID_TOKEN = "forebear-id-token";
    /** Long enough to find a password and a second factor. */
    private static final Duration QUESTION_LIFETIME = Duration.ofMinutes(10);
    /** Browsers keep 4,096 bytes in a cookie; without it the provider asks before it signs somebody out. */
    private static final int MAX_ID_TOKEN_LENGTH = 3_500;
    /** A path of this page; a second slash would lead elsewhere. */
    private static final Pattern OUR_PATH = Pattern.compile("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]{0,2000})?");

    private final @Nullable SignIn signIn;
    private final @Nullable OpenIdProvider provider;
    private final SignedClaims questions;
    private final Cookies cookies;
    private final Door door;
    private final Pages pages;
    private final InstantSource clock;

    SignInRoutes(
            @Nullable SignIn signIn,
            @Nullable OpenIdProvider provider,
            SignedClaims questions,
            Cookies cookies,
            Door door,
            Pages pages,
            InstantSource clock) {
        this.signIn = signIn;
        this.provider = provider;
        this.questions = questions;
        this.cookies = cookies;
        this.door = door;
        this.pages = pages;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/sign-in", this::show, OpenTo.EVERYBODY);
        config.routes.get("/sign-in/style.css", pages::style, OpenTo.EVERYBODY);
        config.routes.get("/sign-in/icon.svg", pages::icon, OpenTo.EVERYBODY);
        config.routes.get("/sign-out", this::showSignOut, OpenTo.EVERYBODY);
        config.routes.post("/sign-out", this::signOut, OpenTo.EVERYBODY);
        if (provider != null && signIn != null) {
            config.routes.get("/sign-in/start", context -> ask(context, provider), OpenTo.EVERYBODY);
            config.routes.get(OpenIdProvider.CALLBACK, context -> answer(context, provider, signIn), OpenTo.EVERYBODY);
        }
    }

    private void show(Context context) {
        pages.signIn(context, signIn == null ? null : signIn.issuer().getHost(), to(context));
    }

    private void ask(Context context, OpenIdProvider provider) {
        Question question = Question.random(to(context));
        try {
            URI address = provider.ask(question);
            JWTClaimsSet claims = question.claims(clock.instant().plus(QUESTION_LIFETIME));
            cookies.set(context, QUESTION, questions.sign(claims), QUESTION_LIFETIME);
            context.redirect(address.toString(), HttpStatus.SEE_OTHER);
        } catch (ProviderException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("the provider does not answer");
            pages.providerAway(context);
        }
    }

    private void answer(Context context, OpenIdProvider provider, SignIn signIn) {
        Optional<Question> question = Optional.ofNullable(cookies.get(context, QUESTION))
                .flatMap(questions::verify)
                .map(Question::of);
        // An answer counts once.
        cookies.remove(context, QUESTION);
        if (question.isEmpty()) {
            failed(context, "an answer of the provider came without its question, or too late");
            return;
        }
        try {
            Person person = provider.answer(question.get(), context.queryParamMap());
            Optional<Role> role = signIn.roleOf(person.groups());
            if (role.isEmpty()) {
                door.turnAway(context, "no group of " + person.name() + " has a role");
                pages.notAllowed(context, person.name(), signIn.contact());
                return;
            }
            keepForSignOut(context, person.idToken());
            door.open(
                    context, person.name(), role.get(), "at " + signIn.issuer().getHost());
            context.redirect(question.get().to(), HttpStatus.SEE_OTHER);
        } catch (ProviderException e) {
            failed(context, String.valueOf(e.getMessage()));
        }
    }

    private void failed(Context context, String reason) {
        door.refuse(context, reason);
        pages.failed(context);
    }

    private void keepForSignOut(Context context, String idToken) {
        if (idToken.length() <= MAX_ID_TOKEN_LENGTH) {
            cookies.set(context, ID_TOKEN, idToken, AccessConfig.SESSION_LIFETIME);
        }
    }

    private void showSignOut(Context context) {
        Optional<Session> session = door.sessions().of(context);
        if (session.isEmpty()) {
            context.redirect("/sign-in", HttpStatus.SEE_OTHER);
            return;
        }
        // Browsers hold the address that a form leads on to against the policy, too.
        provider()
                .flatMap(known -> known.signOut(null))
                .ifPresent(address -> SecurityHeaders.allowForm(context, address));
        pages.signOut(context, session.get().name(), session.get().role());
    }

    private void signOut(Context context) {
        door.close(context);
        String idToken = cookies.get(context, ID_TOKEN);
        cookies.remove(context, ID_TOKEN);
        String next = provider()
                .flatMap(known -> known.signOut(idToken))
                .map(URI::toString)
                .orElse("/sign-in");
        context.redirect(next, HttpStatus.SEE_OTHER);
    }

    private Optional<OpenIdProvider> provider() {
        return Optional.ofNullable(provider);
    }

    private static String to(Context context) {
        String to = context.queryParam("to");
        return to != null && OUR_PATH.matcher(to).matches() ? to : "/";
    }
}
