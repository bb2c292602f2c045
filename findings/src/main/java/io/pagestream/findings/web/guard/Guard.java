package io.pagestream.findings.web.guard;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at every request before anything else does, and turns away what should not be here. */
public final class Guard {
  /** Name of the cookie that holds the token. */
  public static final String COOKIE = "pagestream-token";

  /** Longest path with its query, in characters. */
  public static final int MOST_URL = 4096;

  private static final String BEARER = "Bearer ";
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT");
  private static final double PER_SECOND = 60;
  private static final double BURST = 240;
  private static final double LOGINS_PER_SECOND = 0.2;
  private static final double LOGIN_BURST = 10;

  private final @Nullable AccessToken token;
  private final boolean loopback;
  private final boolean secure;
  private final ClientRates requests = new ClientRates(PER_SECOND, BURST, System::nanoTime);
  private final ClientRates logins =
      new ClientRates(LOGINS_PER_SECOND, LOGIN_BURST, System::nanoTime);

  /**
   * A guard.
   *
   * @param token what a client must know, or null if anybody on this machine may ask
   * @param loopback whether only this machine can reach us
   * @param secure whether clients come over TLS
   */
  public Guard(@Nullable AccessToken token, boolean loopback, boolean secure) {
    if (token == null && !loopback) {
      throw new IllegalArgumentException("without a token only this machine may ask");
    }
    this.token = token;
    this.loopback = loopback;
    this.secure = secure;
  }

  /** Lets a request pass or ends it with an error. */
  public void check(Context context) {
    SecurityHeaders.set(context);
    if (!METHODS.contains(context.req().getMethod())) {
      throw new HttpResponseException(
          HttpStatus.METHOD_NOT_ALLOWED.getCode(), "only GET, HEAD and PUT");
    }
    String query = context.queryString();
    if (context.path().length() + (query == null ? 0 : query.length()) > MOST_URL) {
      throw new HttpResponseException(HttpStatus.URI_TOO_LONG.getCode(), "the address is too long");
    }
    requireOurOwnName(context);
    requireOurOwnPage(context);
    limit(requests, context);
    if (!isLogin(context) && !isOpen(context)) {
      requireToken(context);
    }
  }

  private void requireOurOwnName(Context context) {
    if (loopback && !HostNames.isLoopback(context.header("Host"))) {
      throw new HttpResponseException(
          HttpStatus.MISDIRECTED_REQUEST.getCode(), "reach this page as localhost or 127.0.0.1");
    }
  }

  /** Pages of other sites get nothing; a link to the page itself may be followed. */
  private static void requireOurOwnPage(Context context) {
    String origin = context.header("Origin");
    String from = context.header("Sec-Fetch-Site");
    boolean foreign = origin != null && !HostNames.isSameSite(origin, context.header("Host"));
    boolean api = context.path().startsWith("/api/");
    if (foreign || (api && ("cross-site".equals(from) || "same-site".equals(from)))) {
      throw new HttpResponseException(
          HttpStatus.FORBIDDEN.getCode(), "pages of other sites may not ask");
    }
  }

  private static void limit(ClientRates rates, Context context) {
    if (!rates.admits(context.ip())) {
      throw new HttpResponseException(
          HttpStatus.TOO_MANY_REQUESTS.getCode(), "too many requests; wait a little");
    }
  }

  private static boolean isLogin(Context context) {
    return context.path().equals("/login");
  }

  /** What the log-in form itself needs; there is nothing of the case in it. */
  private static boolean isOpen(Context context) {
    return context.path().equals("/page.css") || context.path().equals("/icon.svg");
  }

  private void requireToken(Context context) {
    if (token == null || token.matches(bearer(context)) || token.matches(context.cookie(COOKIE))) {
      return;
    }
    if (bearer(context) != null || context.cookie(COOKIE) != null) {
      limit(logins, context); // guesses
    }
    throw new HttpResponseException(HttpStatus.UNAUTHORIZED.getCode(), "a token is needed");
  }

  private static @Nullable String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
  }

  /** Takes a client's token and lets its browser keep it. */
  public void logIn(Context context) {
    AccessToken wanted = token;
    if (wanted != null) {
      limit(logins, context);
      String word = context.queryParam("token");
      if (!wanted.matches(word)) {
        throw new HttpResponseException(HttpStatus.UNAUTHORIZED.getCode(), "this is not the token");
      }
      context.cookie(
          new Cookie(COOKIE, String.valueOf(word), "/", -1, secure, true, null, SameSite.STRICT));
    }
    context.redirect("/", HttpStatus.SEE_OTHER);
  }
}
