package io.pagestream.dashboard.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Host names in the headers {@code Host} and {@code Origin}. */
public final class HostNames {
  /** Names that a browser on this machine uses; the port may differ behind a tunnel. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private HostNames() {}

  /**
   * Whether a {@code Host} header names this machine by its loopback name. A document of another
   * site whose name resolves to 127.0.0.1 (DNS rebinding) sends the name of that site.
   */
  public static boolean isLoopback(@Nullable String host) {
    return host != null && LOOPBACK.contains(withoutPort(host));
  }

  /** Whether an {@code Origin} header names the site that the {@code Host} header names. */
  public static boolean isSameSite(String origin, @Nullable String host) {
    String site = origin.replaceFirst("^https?://", "");
    return host != null && !site.equals(origin) && site.equalsIgnoreCase(host);
  }

  /** Whether an address to listen on is reachable from this machine only. */
  public static boolean isLoopbackAddress(String listen) {
    try {
      return InetAddress.getByName(listen).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
