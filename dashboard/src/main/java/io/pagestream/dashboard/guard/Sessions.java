package io.pagestream.dashboard.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers that have logged in. Each has a separate secret in its cookie, so that
 * the token itself is in no browser, and limits apply to each browser. Sessions end with the
 * server. If there are too many, the least recently active one is forgotten.
 */
public final class Sessions {
  private static final int MOST = 256;

  private long opened;
  private final Map<String, String> names =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /** Opens a session; returns its secret. */
  public synchronized String open() {
    String secret = AccessToken.random();
    names.put(AccessToken.hash(secret), "session " + ++opened);
    return secret;
  }

  /** The name of the session with this secret. */
  public synchronized Optional<String> find(@Nullable String secret) {
    return secret == null || secret.length() > AccessToken.MOST_LENGTH
        ? Optional.empty()
        : Optional.ofNullable(names.get(AccessToken.hash(secret)));
  }
}
