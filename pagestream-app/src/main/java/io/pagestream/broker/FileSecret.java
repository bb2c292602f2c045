package io.pagestream.broker;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * Answers SCRAM logins from the broker's own settings instead of the cluster's metadata: nothing
 * about the secret is on disk except in the client properties, and it may differ after each start.
 * Kafka creates it by name, once per listener.
 */
public final class FileSecret implements AuthenticateCallbackHandler {
  private String user = "";
  private String secret = "";
  private ScramMechanism mechanism = ScramMechanism.SCRAM_SHA_256;
  private @Nullable ScramCredential credential;

  @Override
  public void configure(
      Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> entries) {
    Map<String, ?> options = entries.getFirst().getOptions();
    user = String.valueOf(options.get("username"));
    secret = String.valueOf(options.get("password"));
    mechanism = ScramMechanism.forMechanismName(saslMechanism);
  }

  /** An unknown user gets no credential; Kafka answers as for a wrong password. */
  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String asking = "";
    for (Callback callback : callbacks) {
      switch (callback) {
        case NameCallback name -> asking = String.valueOf(name.getDefaultName());
        case ScramCredentialCallback wanted -> {
          if (asking.equals(user)) {
            wanted.scramCredential(credential());
          }
        }
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }

  /** Derived by the first login: thousands of hashes that a job of one process never needs. */
  private synchronized ScramCredential credential() {
    if (credential == null) {
      try {
        credential =
            new ScramFormatter(mechanism).generateCredential(secret, mechanism.minIterations());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + mechanism.hashAlgorithm(), e);
      }
    }
    return credential;
  }

  @Override
  public void close() {}
}
