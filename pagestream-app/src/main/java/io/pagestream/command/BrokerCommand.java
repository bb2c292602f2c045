package io.pagestream.command;

import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.broker.TopicCreation;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagestream broker}: the embedded broker on its own, for the stages as services. */
@Command(
    name = "broker",
    description = {
      "Run the embedded broker, with all topics created, until it is stopped (Ctrl-C).",
      "Intended for a single machine or for evaluation; use a Kafka cluster in production.",
      "",
      "Clients must authenticate. The broker writes a file of client properties that only you"
          + " can read; pass it to other commands with --config. With --data, the secret in the"
          + " file stays the same across restarts until you delete the file or change the"
          + " address.",
      "",
      "@|yellow There is no encryption:|@ listen on other addresses than 127.0.0.1 only in a closed"
          + " network."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream broker",
      "  pagestream broker --data /var/lib/pagestream --port 9092",
      "  pagestream broker --listen 0.0.0.0 --advertise broker.internal",
      "  pagestream findings --follow --config /var/lib/pagestream/client.properties"
    })
final class BrokerCommand implements Runnable {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for the records (default: a temporary folder, deleted at the end).")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port to listen on, 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--advertise",
      paramLabel = "HOST",
      description = "Host name that clients use to connect (default: the address of --listen).")
  private @Nullable String advertise;

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description =
          "Where to write the client properties (default: client.properties in the folder of the"
              + " records).")
  private @Nullable Path clientConfig;

  @Mixin private PrefixOption prefix;

  @Mixin private TopicSizeOptions size;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings())) {
      new TopicCreation(
              broker.connection(), prefix.value(), size.partitions(), size.replicationFactor())
          .create();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "broker ready on %s after %d ms, records in %s%nconnect with --config %s%n",
          broker.bootstrapServers(),
          broker.startMillis(),
          broker.logDirectory(),
          broker.clientProperties());
      out.flush();
      String fault = broker.fault().join();
      throw PagestreamException.inFile(
          ErrorCode.BROKER_FAILED,
          broker.logDirectory().toString(),
          "the broker cannot continue: " + fault,
          "check the disk and its free space, then start again");
    }
  }

  private BrokerSettings settings() {
    if (port < 0 || port > 65_535) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "port " + port, "give a number from 0 (any free one) to 65535");
    }
    String knownAs = advertise == null ? listen : advertise;
    BrokerSettings settings =
        (data == null ? BrokerSettings.passing(temporary()) : BrokerSettings.lasting(data))
            .onPort(port)
            .listeningOn(listen, knownAs);
    return clientConfig == null ? settings : settings.withClientProperties(clientConfig);
  }

  private static Path temporary() {
    try {
      return ProcessFolder.newFolder("broker-");
    } catch (IOException unwritable) {
      throw SystemFailure.temporaryFolder("no folder can be created in it", unwritable);
    }
  }
}
