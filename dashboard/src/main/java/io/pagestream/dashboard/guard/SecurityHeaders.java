package io.pagestream.dashboard.guard;

import io.javalin.http.Context;
import java.util.Map;

/** The security headers of every response. */
public final class SecurityHeaders {
  /**
   * Only files of the dashboard, nothing inline, nothing evaluated, no framing, and no text
   * converted to markup (Content Security Policy Level 3, Trusted Types).
   */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " manifest-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          "Cache-Control", "no-store");

  private SecurityHeaders() {}

  /** Sets the headers; a handler may then allow caching. */
  public static void set(Context context) {
    HEADERS.forEach(context::header);
  }
}
