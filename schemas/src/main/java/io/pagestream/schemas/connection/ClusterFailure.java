package io.pagestream.schemas.connection;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Failures of Kafka clients as errors that say who must act. */
public final class ClusterFailure {
  /** Chains of causes are short; a longer one is a cycle. */
  private static final int MOST_CAUSES = 20;

  private ClusterFailure() {}

  /**
   * The error if the cluster denies an operation or does not accept the credentials, or if the
   * client's own properties are invalid: waiting or trying again does not help.
   *
   * @param failure an exception of a Kafka client, possibly wrapped
   * @return {@link ErrorCode#ACCESS_DENIED} or {@link ErrorCode#USAGE}; empty for other failures
   */
  public static Optional<PagestreamException> denied(Throwable failure) {
    return denied(failure, "");
  }

  /**
   * The same for an operation that the cluster's answer does not name.
   *
   * @param operation what the client tried, such as {@code deleting records of a topic}; may be
   *     empty
   */
  public static Optional<PagestreamException> denied(Throwable failure, String operation) {
    String what = operation.isEmpty() ? "" : operation + ": ";
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      switch (cause) {
        case AuthorizationException denied -> {
          return Optional.of(
              PagestreamException.of(
                      ErrorCode.ACCESS_DENIED,
                      what + "the cluster denies it: " + denied.getMessage(),
                      "grant the right, see 'pagestream topics acls' and docs/cluster.md")
                  .causedBy(failure));
        }
        case AuthenticationException unknown -> {
          return Optional.of(
              PagestreamException.of(
                      ErrorCode.ACCESS_DENIED,
                      what
                          + "the client and the cluster do not accept each other: "
                          + unknown.getMessage(),
                      "check the credentials and certificates of --config and of "
                          + ClientProperties.ENVIRONMENT_PREFIX
                          + "… variables")
                  .causedBy(failure));
        }
        case ConfigException invalid when !isUnresolved(invalid) -> {
          // Neither the message nor the cause: both quote values, which may be secrets.
          return Optional.of(invalidProperties(invalid.getClass()));
        }
        default -> cause = cause.getCause();
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a client could not be created because no host name can be resolved; one may become
   * resolvable.
   */
  public static boolean isUnresolvedHost(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof ConfigException invalid && isUnresolved(invalid)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * The error if a client could not be created for another reason than an unresolvable host.
   *
   * @param kind the class of the failure; its message can quote values, which may be secrets
   */
  public static PagestreamException invalidProperties(Class<?> kind) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "the client properties are invalid: " + kind.getSimpleName(),
        "check --config and the "
            + ClientProperties.ENVIRONMENT_PREFIX
            + "… variables; --verbose logs which property it is");
  }

  /** A host name that cannot be resolved may become resolvable; it is no secret. */
  private static boolean isUnresolved(ConfigException invalid) {
    return String.valueOf(invalid.getMessage()).contains("resolvable bootstrap");
  }
}
