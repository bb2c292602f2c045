package io.pagestream.dashboard.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of hosts as they stand in the headers {@code Host} and {@code Origin}. */
public final class HostNames {
  /** By which a browser on this machine reaches us; the port may be another behind a tunnel. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private HostNames() {}

  /**
   * Whether a {@code Host} header names this machine by its loopback name. A document of another
   * site whose name was made to point to 127.0.0.1 (DNS rebinding) sends its own name.
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
