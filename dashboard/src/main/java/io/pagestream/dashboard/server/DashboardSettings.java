package io.pagestream.dashboard.server;

import io.pagestream.dashboard.guard.AccessToken;
import io.pagestream.dashboard.guard.HostNames;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The address of the dashboard and the access to it.
 *
 * @param listen address to listen on
 * @param port port, 0 for any free port
 * @param token secret that a client must know; empty only on a loopback address
 * @param keyStore PKCS#12 key store for TLS
 * @param keyStorePassword its password; empty for none
 */
public record DashboardSettings(
    String listen,
    int port,
    Optional<String> token,
    Optional<Path> keyStore,
    String keyStorePassword) {
  /** The address to which only this machine can connect. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int MOST_PORT = 65_535;

  /** Checks that access from other machines requires a secret. */
  public DashboardSettings {
    if (port < 0 || port > MOST_PORT) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "invalid port " + port, "use a number from 0 to " + MOST_PORT);
    }
    if (token.isPresent() && !AccessToken.isUsable(token.get())) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "the token cannot be used",
          "use 16 to 256 letters and digits, at least 8 different ones, or omit it to have one created");
    }
    if (token.isEmpty() && !HostNames.isLoopbackAddress(listen)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "other machines can reach " + listen,
          "omit --no-token, or listen on " + LOOPBACK);
    }
  }

  /** On the loopback address, without a token. */
  public static DashboardSettings local(int port) {
    return new DashboardSettings(LOOPBACK, port, Optional.empty(), Optional.empty(), "");
  }

  /** Whether only this machine can connect to the dashboard. */
  boolean isLoopback() {
    return HostNames.isLoopbackAddress(listen);
  }
}
