package io.pagestream.dashboard.guard;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the session of a browser: with the token in the form of {@code /login}, or with the ticket
 * in the local file that opens the dashboard. Both are sent in the body of a POST, so that neither
 * is ever part of an address, the history, a log or a referrer.
 */
public final class Login {
  private static final int MOST_BODY_BYTES = 2048;

  /** Wrong tokens of one client before it gets an error; the correct token is never refused. */
  private static final double GUESSES_PER_SECOND = 0.2;

  private static final double GUESSES_AT_ONCE = 10;

  private final @Nullable AccessToken token;
  private final AccessToken ticket;
  private final boolean secure;
  private final Sessions sessions;
  private final ClientRates guesses =
      new ClientRates(GUESSES_PER_SECOND, GUESSES_AT_ONCE, System::nanoTime);

  Login(@Nullable AccessToken token, AccessToken ticket, boolean secure, Sessions sessions) {
    this.token = token;
    this.ticket = ticket;
    this.secure = secure;
    this.sessions = sessions;
  }

  /**
   * {@code POST /login} with the token.
   *
   * @param again shows the form again, for a wrong token
   */
  public void withToken(Context context, Consumer<Context> again) {
    AccessToken wanted = token;
    if (wanted != null && !isToken(context, formField(context, "token"))) {
      context.status(HttpStatus.UNAUTHORIZED);
      again.accept(context);
      return;
    }
    enter(context);
  }

  /** {@code POST /open} with the ticket. */
  public void withTicket(Context context) {
    if (token != null && !ticket.matches(formField(context, "ticket"))) {
      throw new HttpResponseException(
          HttpStatus.FORBIDDEN.getCode(),
          "this file is from another run; open the file that the running program printed");
    }
    enter(context);
  }

  /**
   * Whether a text is the token. A client that guesses too often gets an error, but the correct
   * token is always accepted, regardless of guesses by others: clients on one machine, or behind
   * one router, cannot be distinguished before they have sent it.
   */
  boolean isToken(Context context, @Nullable String word) {
    AccessToken wanted = token;
    if (wanted == null || wanted.matches(word)) {
      return true;
    }
    if (!guesses.admits(context.ip())) {
      throw new HttpResponseException(
          HttpStatus.TOO_MANY_REQUESTS.getCode(), "too many wrong tokens; try again later");
    }
    return false;
  }

  private void enter(Context context) {
    if (token != null) {
      context.cookie(
          new Cookie(
              cookie(context), sessions.open(), "/", -1, secure, true, null, SameSite.STRICT));
    }
    context.redirect("/", HttpStatus.SEE_OTHER);
  }

  /** The session of a request's cookie. */
  java.util.Optional<String> session(Context context) {
    return sessions.find(context.cookie(cookie(context)));
  }

  /**
   * Cookies are not separated by port: two servers on one host need two names. Over TLS, the prefix
   * binds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2).
   */
  private String cookie(Context context) {
    return (secure ? "__Host-" : "") + "pagestream-" + context.req().getLocalPort();
  }

  private static @Nullable String formField(Context context, String name) {
    if (context.req().getContentLengthLong() > MOST_BODY_BYTES
        || context.req().getContentLengthLong() < 0) {
      throw new HttpResponseException(
          HttpStatus.CONTENT_TOO_LARGE.getCode(), "the request is too large");
    }
    return context.formParam(name);
  }
}
