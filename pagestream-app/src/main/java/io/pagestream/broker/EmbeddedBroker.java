package io.pagestream.broker;

import io.pagestream.schemas.connection.ConnectionFile;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ExitTasks;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker in this process (KRaft: broker and controller in one).
 *
 * <p>{@link #start} returns when the node accepts requests. {@link #close} returns within {@link
 * #CLOSE_LIMIT}, regardless of the state of the node. Any number may run at once. Methods may be
 * called from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Maximum time that {@link #close} waits for the node: an unanswered request can delay it. */
  public static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** Another process may take a free port between the check and the node's bind. */
  private static final int PORT_ATTEMPTS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final BrokerSettings settings;
  private final KafkaRaftServer server;
  private final KafkaConnection connection;
  private final FatalFaults faults;
  private final long startMillis;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Ctrl-C must not leave a folder with memory contents behind. */
  private final ExitTasks.Registration atExit;

  private EmbeddedBroker(
      BrokerSettings settings,
      KafkaRaftServer server,
      KafkaConnection connection,
      FatalFaults faults,
      long startMillis) {
    this.settings = settings;
    this.server = server;
    this.connection = connection;
    this.faults = faults;
    this.startMillis = startMillis;
    this.atExit = ExitTasks.add(ExitTasks.Phase.SERVERS, this::stop);
  }

  /**
   * Starts a node and waits until it accepts requests.
   *
   * @throws PagestreamException {@link ErrorCode#BROKER_FAILED} when it does not start: port taken,
   *     directory not writable or in use by another node
   */
  public static EmbeddedBroker start(BrokerSettings settings) {
    long began = System.nanoTime();
    Path directory = settings.directory();
    boolean fresh = false;
    try {
      fresh = BrokerDirectory.clusterId(directory).isEmpty();
      BrokerDirectory.format(directory);
      return startOnAnyPort(settings, began);
    } catch (Exception failure) {
      // A directory that existed before must not be deleted.
      if (fresh && settings.deleteOnClose()) {
        deleteDirectory(directory, true);
      }
      throw failed(settings, failure);
    }
  }

  private static EmbeddedBroker startOnAnyPort(BrokerSettings settings, long began)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      FreePorts free = FreePorts.find();
      int port = settings.port() == 0 ? free.first() : settings.port();
      try {
        return startOn(settings, port, free.second(), began);
      } catch (KafkaException taken) {
        if (settings.port() != 0 || attempt == PORT_ATTEMPTS || !isPortTaken(taken)) {
          throw taken;
        }
        LOG.info("port {} or {} is in use now, trying others", port, free.second());
      }
    }
  }

  private static EmbeddedBroker startOn(
      BrokerSettings settings, int port, int controllerPort, long began) throws IOException {
    String address = settings.advertisedHost() + ':' + port;
    BrokerAccess access = ClientFile.access(settings.clientProperties(), address);
    Map<String, String> config = SingleNodeConfig.of(settings, port, controllerPort, access);
    FatalFaults faults = FatalFaults.watch();
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
      server.startup();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      ConnectionFile.write(settings.clientProperties(), access.ofFile(address));
      LOG.info("broker on {} ready after {} ms", address, millis);
      return new EmbeddedBroker(settings, server, access.ofThisProcess(address), faults, millis);
    } catch (Throwable failure) { // Scala throws checked exceptions too, undeclared.
      faults.close();
      if (server != null) {
        shutDown(server);
      }
      throw failure;
    }
  }

  /** The value of {@code bootstrap.servers} for clients. */
  public String bootstrapServers() {
    return connection.bootstrapServers();
  }

  /** Connection properties for clients of this process. */
  public KafkaConnection connection() {
    return connection;
  }

  /** The client properties for other processes, readable only by their owner. */
  public Path clientProperties() {
    return settings.clientProperties();
  }

  /** The directory of the node's files. */
  public Path logDirectory() {
    return settings.directory();
  }

  /** Milliseconds from the call of {@link #start} until the node accepted requests. */
  public long startMillis() {
    return startMillis;
  }

  /**
   * Current size of the node's files on disk, in bytes. Walks the directory, so it should be called
   * once a second, not for every record.
   */
  public long diskBytes() {
    try {
      return BrokerDirectory.bytes(settings.directory());
    } catch (IOException failure) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED,
              settings.directory().toString(),
              "the size of the broker's directory cannot be determined",
              "check its permissions and the disk")
          .causedBy(failure);
    }
  }

  /**
   * Completes with one line when the node can no longer work, for example because its disk is full.
   * A healthy node, or one that was closed normally, never completes it.
   */
  public CompletableFuture<String> fault() {
    return faults.first();
  }

  /** Stops the node; deletes its directory if the settings say so. */
  @Override
  public void close() {
    stop();
    atExit.close();
  }

  private void stop() {
    if (closed.compareAndSet(false, true)) {
      faults.close();
      boolean ended = shutDown(server);
      if (settings.deleteOnClose()) {
        deleteClientProperties();
        deleteDirectory(settings.directory(), ended);
      }
    }
  }

  /** A secret that is no longer valid; the file may be outside of the directory. */
  private void deleteClientProperties() {
    try {
      Files.deleteIfExists(settings.clientProperties());
    } catch (IOException failure) {
      LOG.warn("{} not deleted: {}", settings.clientProperties(), failure.toString());
    }
  }

  private static void deleteDirectory(Path directory, boolean ended) {
    try {
      BrokerDirectory.delete(directory);
    } catch (IOException failure) {
      // A node that hangs may still write; the remains are then reported for the user to delete.
      LOG.warn(
          "broker's directory {} not completely deleted{}: {}",
          directory,
          ended ? "" : " because the broker did not stop in time",
          failure.toString());
    }
  }

  /** Returns whether the node ended in time. */
  private static boolean shutDown(KafkaRaftServer server) {
    Thread closer = Thread.ofPlatform().daemon().name("broker-close").start(server::shutdown);
    try {
      if (closer.join(CLOSE_LIMIT)) {
        return true;
      }
      LOG.warn("broker did not stop within {} s; leaving it", CLOSE_LIMIT.toSeconds());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    closer.interrupt();
    return false;
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static PagestreamException failed(BrokerSettings settings, Exception failure) {
    if (isPortTaken(failure)) {
      return PagestreamException.of(
              ErrorCode.BROKER_FAILED,
              "port " + settings.port() + " is taken",
              "choose another port, or 0 for any free port")
          .causedBy(failure);
    }
    SystemFailure reason = SystemFailure.of(failure);
    if (reason == SystemFailure.THREADS || reason == SystemFailure.MEMORY) {
      return PagestreamException.of(
              reason.code(),
              "the embedded broker cannot start: " + reason.what(failure),
              reason.next("raise the limit"))
          .causedBy(failure);
    }
    if (reason != SystemFailure.OTHER) {
      return SystemFailure.writing(
          settings.directory().toString(), "the embedded broker cannot start", failure);
    }
    return PagestreamException.inFile(
            ErrorCode.BROKER_FAILED,
            settings.directory().toString(),
            "the embedded broker cannot start: " + oneLine(failure),
            "check that the directory is writable and that no other broker uses it")
        .causedBy(failure);
  }

  private static String oneLine(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? failure.toString() : message.lines().findFirst().orElse("");
  }
}
