package io.pagestream.dashboard.guard;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a request according to its browser: the header {@code Origin} (RFC 6454) and the
 * Fetch Metadata headers (W3C, {@code Sec-Fetch-*}), which no script can set.
 *
 * @param method the method
 * @param path the path, without the query
 * @param host the header {@code Host}
 * @param origin the header {@code Origin}
 * @param site the header {@code Sec-Fetch-Site}
 * @param mode the header {@code Sec-Fetch-Mode}
 * @param destination the header {@code Sec-Fetch-Dest}
 */
public record RequestOrigin(
    String method,
    String path,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String site,
    @Nullable String mode,
    @Nullable String destination) {
  /** Where the file that opens the dashboard sends its ticket; see {@link Login}. */
  static final String OPEN = "/open";

  private static final String API = "/api/";
  private static final String OPAQUE = "null";
  private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

  /**
   * Whether the request may be processed further. It may if it comes from the dashboard itself,
   * from no document (a typed address, a program), or follows a link to the dashboard, but not if
   * another site embeds or frames the dashboard, or sends the request from a script. The only
   * accepted form of another origin is the local file that opens the dashboard, whose origin is
   * opaque; its ticket identifies it.
   */
  public boolean isAllowed() {
    boolean ticket = method.equals("POST") && path.equals(OPEN);
    if (site != null && FOREIGN_SITES.contains(site)) {
      return isTopLevelNavigation() && (ticket || isLink());
    }
    if (origin == null || HostNames.isSameSite(origin, host)) {
      return true;
    }
    // A form in a document with a strict referrer policy has an opaque origin even on the same
    // site.
    return origin.equals(OPAQUE) && (ticket || "same-origin".equals(site));
  }

  private boolean isLink() {
    return (method.equals("GET") || method.equals("HEAD")) && !path.startsWith(API);
  }

  private boolean isTopLevelNavigation() {
    return "navigate".equals(mode) && "document".equals(destination);
  }
}
