package io.pagestream.system;

import static org.awaitility.Awaitility.await;

import io.pagestream.schemas.connection.ClientProperties;
import io.pagestream.schemas.connection.ConnectionFile;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import io.pagestream.system.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** A broker and any number of stages, each in a separate process, like services. */
final class Cluster implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("connect with --config (\\S+)");
  private static final Duration START = Duration.ofMinutes(4);

  private final Path logs;
  private final Path config;
  private final KafkaConnection kafka;
  private final Admin admin;
  private final List<Running> processes = new ArrayList<>();

  private Cluster(Path logs, Path config, KafkaConnection kafka) {
    this.logs = logs;
    this.kafka = kafka;
    this.config = config;
    this.admin = Admin.create(kafka.clientConfig());
  }

  /** Starts the built-in broker on a free port. */
  static Cluster start(Path logs) throws Exception {
    Running broker = Program.start(logs, "broker", "--port", "0", "--partitions", "4");
    await().atMost(START).until(() -> broker.hasSaid("connect with --config"));
    Matcher ready = READY.matcher(Files.readString(broker.out()));
    if (!ready.find()) {
      throw new AssertionError("the broker does not say where it is");
    }
    Path config = Path.of(ready.group(1));
    ClientProperties properties = ClientProperties.read(config);
    String servers = properties.bootstrapServers().orElseThrow();
    Cluster cluster = new Cluster(logs, config, properties.connectionTo(servers));
    cluster.processes.add(broker);
    return cluster;
  }

  /** A cluster with an external broker. */
  static Cluster on(Path logs, KafkaConnection kafka) throws IOException {
    Path config = logs.resolve("cluster.properties");
    ConnectionFile.write(config, kafka);
    return new Cluster(logs, config, kafka);
  }

  KafkaConnection kafka() {
    return kafka;
  }

  /** The file that other commands take with {@code --config}. */
  String config() {
    return config.toString();
  }

  /** Starts an instance of a stage and waits until it is running. */
  Running stage(String stage, String... options) {
    List<String> arguments = new ArrayList<>(List.of("stage", stage, "--config", config()));
    arguments.addAll(List.of(options));
    Running running = keep(Program.start(logs, arguments.toArray(String[]::new)));
    await().atMost(START).until(() -> running.hasSaid("stage " + stage + " at work"));
    return running;
  }

  /** Starts streaming an image. */
  Running producer(Path image, String... options) {
    List<String> arguments = new ArrayList<>(List.of("stage", "producer", "--config", config()));
    arguments.addAll(List.of(options));
    arguments.add(image.toString());
    return keep(Program.start(logs, arguments.toArray(String[]::new)));
  }

  private Running keep(Running process) {
    processes.add(process);
    return process;
  }

  /** Number of records ever written to a topic. */
  long recordsSent(Topic topic) throws ExecutionException, InterruptedException {
    String name = topic.name(Topics.DEFAULT_PREFIX);
    Map<String, TopicDescription> topics =
        admin.describeTopics(List.of(name)).allTopicNames().get();
    int partitions = Objects.requireNonNull(topics.get(name)).partitions().size();
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(name, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Ends everything that was started, the broker last. */
  @Override
  public void close() {
    admin.close();
    processes.reversed().forEach(Running::close);
  }
}
