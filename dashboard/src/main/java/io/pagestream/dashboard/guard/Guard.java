package io.pagestream.dashboard.guard;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.pagestream.dashboard.connection.Visit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks every request first, in this order: its form, its host, its site of origin, the token, and
 * the request rate of its client. A request refused before the last step is not counted: another
 * web site cannot use up the owner's rate.
 */
public final class Guard {
  /** Maximum length of a path with its query, in characters. */
  public static final int MOST_URL = 4096;

  /** Attribute of a request: the client, for limits. */
  public static final String CLIENT = "pagestream.client";

  private static final String BEARER = "Bearer ";
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT");
  private static final Set<String> FORMS = Set.of("/login", RequestOrigin.OPEN);
  private static final double PER_SECOND = 60;
  private static final double BURST = 240;

  private final boolean needsToken;
  private final boolean loopback;
  private final Set<String> open;
  private final Login login;
  private final ClientRates requests = new ClientRates(PER_SECOND, BURST, System::nanoTime);

  /**
   * A guard.
   *
   * @param token the secret that a client must know, or null if every user of this machine has
   *     access
   * @param ticket the secret in the file that opens the dashboard
   * @param loopback whether only this machine can connect
   * @param secure whether clients use TLS
   * @param open paths of the front end's files, which contain no data of the case
   */
  public Guard(
      @Nullable AccessToken token,
      AccessToken ticket,
      boolean loopback,
      boolean secure,
      Set<String> open) {
    if (token == null && !loopback) {
      throw new IllegalArgumentException("without a token, only this machine may connect");
    }
    this.needsToken = token != null;
    this.loopback = loopback;
    this.open = Set.copyOf(open);
    this.login = new Login(token, ticket, secure, new Sessions());
  }

  /** Admits a request or ends it with an error. */
  public void check(Context context) {
    SecurityHeaders.set(context);
    requireBounds(context);
    requireOurOwnName(context);
    requireOurOwnPage(context);
    if (open.contains(context.path()) || FORMS.contains(context.path())) {
      return; // Not counted: public files, whose cost is bounded by the connections.
    }
    String client = client(context);
    Visit.of(context.req()).admitted();
    if (!requests.admits(client)) {
      throw new HttpResponseException(
          HttpStatus.TOO_MANY_REQUESTS.getCode(), "too many requests; try again later");
    }
    context.attribute(CLIENT, client);
  }

  /** The log-in of browsers. */
  public Login login() {
    return login;
  }

  private static void requireBounds(Context context) {
    String method = context.req().getMethod();
    if (!METHODS.contains(method) && !(method.equals("POST") && FORMS.contains(context.path()))) {
      throw refused(context, HttpStatus.METHOD_NOT_ALLOWED, "only GET, HEAD and PUT");
    }
    String query = context.queryString();
    if (context.path().length() + (query == null ? 0 : query.length()) > MOST_URL) {
      throw refused(context, HttpStatus.URI_TOO_LONG, "the address is too long");
    }
  }

  private void requireOurOwnName(Context context) {
    if (loopback && !HostNames.isLoopback(context.header("Host"))) {
      throw refused(
          context,
          HttpStatus.MISDIRECTED_REQUEST,
          "use localhost or 127.0.0.1 to connect to the dashboard");
    }
  }

  private static void requireOurOwnPage(Context context) {
    RequestOrigin from =
        new RequestOrigin(
            context.req().getMethod(),
            context.path(),
            context.header("Host"),
            context.header("Origin"),
            context.header("Sec-Fetch-Site"),
            context.header("Sec-Fetch-Mode"),
            context.header("Sec-Fetch-Dest"));
    if (!from.isAllowed()) {
      throw refused(context, HttpStatus.FORBIDDEN, "requests from other sites are not allowed");
    }
  }

  /** The client: a session, the holder of the token, or without a token an address. */
  private String client(Context context) {
    if (!needsToken) {
      return "address " + context.ip();
    }
    return login
        .session(context)
        .orElseGet(() -> {
          String word = bearer(context);
          if (word == null || !login.isToken(context, word)) {
            throw new HttpResponseException(
                HttpStatus.UNAUTHORIZED.getCode(), "a token is required");
          }
          return "bearer " + context.ip();
        });
  }

  private static @Nullable String bearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
  }

  /** Also ends the connection, so that a refused client cannot queue further requests on it. */
  private static HttpResponseException refused(Context context, HttpStatus status, String why) {
    context.header("Connection", "close");
    return new HttpResponseException(status.getCode(), why);
  }
}
