package io.pagestream.broker;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;

/**
 * Settings of an embedded broker; all others are in {@link SingleNodeConfig}.
 *
 * @param directory where the node keeps its records and metadata; created if missing. A directory
 *     that a broker has used before is opened again with its contents
 * @param bindAddress address to listen on: {@code 127.0.0.1} unless clients are on other machines,
 *     because the listener authenticates clients but does not encrypt
 * @param port port to listen on, or 0 for a free one
 * @param advertisedHost name under which clients reach {@code bindAddress}
 * @param deleteOnClose whether {@link EmbeddedBroker#close} deletes the directory and the client
 *     properties
 * @param clientProperties file with which other processes connect; written at each start
 */
public record BrokerSettings(
    Path directory,
    String bindAddress,
    int port,
    String advertisedHost,
    boolean deleteOnClose,
    Path clientProperties) {
  private static final String CLIENT_PROPERTIES = "client.properties";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Checks the directory.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if Kafka cannot use its path
   */
  public BrokerSettings {
    if (directory.toAbsolutePath().toString().contains(",")) {
      throw PagestreamException.inFile(
          ErrorCode.USAGE,
          directory.toString(),
          "the broker's directory has a comma in its path, which Kafka interprets as a list",
          "choose another --out or --data");
    }
  }

  /** On loopback, on a free port, in a directory that is deleted on close. */
  public static BrokerSettings passing(Path directory) {
    return new BrokerSettings(
        directory, LOOPBACK, 0, LOOPBACK, true, directory.resolve(CLIENT_PROPERTIES));
  }

  /** On loopback, on a free port, in a directory that outlives the broker. */
  public static BrokerSettings lasting(Path directory) {
    return new BrokerSettings(
        directory, LOOPBACK, 0, LOOPBACK, false, directory.resolve(CLIENT_PROPERTIES));
  }

  /** The same on a given port (0: a free one). */
  public BrokerSettings onPort(int given) {
    return new BrokerSettings(
        directory, bindAddress, given, advertisedHost, deleteOnClose, clientProperties);
  }

  /** The same, listening on another address and known to clients by another name. */
  public BrokerSettings listeningOn(String address, String knownAs) {
    return new BrokerSettings(directory, address, port, knownAs, deleteOnClose, clientProperties);
  }

  /** The same with the client properties elsewhere. */
  public BrokerSettings withClientProperties(Path file) {
    return new BrokerSettings(directory, bindAddress, port, advertisedHost, deleteOnClose, file);
  }
}
