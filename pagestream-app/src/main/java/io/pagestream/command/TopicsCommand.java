package io.pagestream.command;

import io.pagestream.broker.TopicCreation;
import io.pagestream.cluster.ClusterWait;
import io.pagestream.cluster.StageRights;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pagestream topics}: creates the topics on a cluster, and lists them. */
@Command(
    name = "topics",
    description = "Create or show the topics on a cluster, and the rights that the stages need.",
    footer = {
      "@|bold Examples|@",
      "  pagestream topics create --bootstrap-servers kafka1:9092 --partitions 12 --brokers 3",
      "  pagestream topics describe --bootstrap-servers kafka1:9092"
    })
final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: create, describe or acls");
  }

  @Command(
      name = "create",
      description = {
        "Create the missing topics.",
        "Existing topics are not changed, regardless of the options. The number of replicas is"
            + " decided now and stays: if the brokers are being started, give their number with"
            + " --brokers."
      })
  void create(
      @Mixin ClusterOptions cluster, @Mixin TopicSizeOptions size, @Mixin BrokersOption brokers) {
    PrintWriter out = spec.commandLine().getOut();
    KafkaConnection kafka = cluster.named();
    int least = brokers.least();
    // Checks the sizes before waiting.
    var unusedSizes =
        new TopicCreation(kafka, cluster.prefix(), size.partitions(), size.replicationFactor());
    int there;
    try (ClusterWait wait = ClusterWait.forBroker(kafka, cluster.patience(), line -> {})) {
      there = wait.forBrokers(least);
    }
    short replicas =
        size.replicationFactor() == TopicCreation.AUTO
            ? TopicCreation.automaticReplicas(there)
            : size.replicationFactor();
    List<String> created =
        new TopicCreation(kafka, cluster.prefix(), size.partitions(), replicas).create();
    for (Topic topic : Topics.all()) {
      String name = topic.name(cluster.prefix());
      out.printf("%-8s %s%n", created.contains(name) ? "created" : "exists", name);
    }
    out.println(created.isEmpty() ? "no topic was missing" : replicasLine(replicas, there));
    out.flush();
  }

  /** What the number of replicas means. */
  static String replicasLine(short replicas, int brokers) {
    String counted =
        "replicas %d on %d broker%s, min.insync.replicas %d"
            .formatted(replicas, brokers, brokers == 1 ? "" : "s", TopicCreation.inSync(replicas));
    return TopicCreation.inSync(replicas) > 1
        ? counted + ": one broker can be lost"
        : counted
            + ": NO broker can be lost without risk; with three brokers, create the topics with"
            + " --brokers 3";
  }

  @Command(
      name = "describe",
      description = "Show the contents, partitions, replicas and settings of each topic.")
  void describe(@Mixin ClusterOptions cluster) {
    Map<String, TopicDescription> there =
        new TopicCreation(cluster.connection(), cluster.prefix(), 1, (short) 1)
            .describe().stream()
                .collect(Collectors.toMap(TopicDescription::name, Function.identity()));
    PrintWriter out = spec.commandLine().getOut();
    for (Topic topic : Topics.all()) {
      describe(out, topic, topic.name(cluster.prefix()), there);
    }
    out.flush();
    if (there.size() < Topics.all().size()) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          (Topics.all().size() - there.size()) + " topics are missing",
          "create them with 'pagestream topics create' and the same --prefix");
    }
  }

  @Command(
      name = "acls",
      description = {
        "Print the commands of Kafka that grant each stage exactly the rights that it needs.",
        "Each stage is a user with its name; --user changes the names' beginning."
      })
  void acls(
      @Mixin PrefixOption prefix,
      @Option(
              names = "--user",
              paramLabel = "PREFIX",
              defaultValue = "",
              description = "Beginning of the users' names, for example pagestream-.")
          String user,
      @Option(
              names = "--kernel-records",
              description = "Include what the producer needs for --kernel-records on.")
          boolean kernelRecords) {
    PrintWriter out = spec.commandLine().getOut();
    for (StageRights.Role role : StageRights.Role.values()) {
      out.println("# " + role.word());
      List<StageRights.Right> rights = new ArrayList<>(StageRights.of(role, prefix.value()));
      if (kernelRecords && role == StageRights.Role.PRODUCER) {
        rights.addAll(StageRights.ofKernelRecords(prefix.value()));
      }
      rights.forEach(
          right -> out.println(StageRights.command(right, "User:" + user + role.word())));
    }
    out.flush();
  }

  private static void describe(
      PrintWriter out, Topic topic, String name, Map<String, TopicDescription> there) {
    TopicDescription found = there.get(name);
    out.println(name);
    out.println("  carries     " + topic.carries());
    out.println("  key         " + topic.key());
    out.println("  value       " + topic.value().getFullName());
    if (found == null) {
      out.println("  missing on this cluster");
    } else {
      out.println("  partitions  " + found.partitions().size());
      out.println("  replicas    " + found.partitions().getFirst().replicas().size());
    }
    out.println("  settings    " + new TreeMap<>(topic.settings()));
  }
}
