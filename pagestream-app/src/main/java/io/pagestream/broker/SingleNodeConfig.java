package io.pagestream.broker;

import io.pagestream.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;

/** Kafka's settings for a single node with little memory and a short lifetime. */
final class SingleNodeConfig {
  /** The only node's id. */
  static final int NODE_ID = 1;

  /** Listener of the controller, always on loopback. */
  static final String CONTROLLER = "CONTROLLER";

  private static final String CLIENTS = "CLIENTS";

  /** A batch holds at least one record; its header and the record's own overhead come on top. */
  private static final int BATCH_OVERHEAD_BYTES = 4096;

  private SingleNodeConfig() {}

  /** Settings of a broker on the given ports, neither of them 0. Contains the secrets. */
  static Map<String, String> of(
      BrokerSettings settings, int port, int controllerPort, BrokerAccess access) {
    Map<String, String> config = new HashMap<>(access.brokerConfig(CLIENTS, CONTROLLER));
    identity(config, settings, port, controllerPort);
    oneReplica(config);
    promptness(config);
    disk(config, settings);
    memory(config);
    return config;
  }

  private static void identity(
      Map<String, String> config, BrokerSettings settings, int port, int controllerPort) {
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(NODE_ID));
    config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    config.put("controller.listener.names", CONTROLLER);
    config.put("inter.broker.listener.name", CLIENTS);
    config.put(
        "listeners",
        "CLIENTS://%s:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(settings.bindAddress(), port, controllerPort));
    config.put(
        "advertised.listeners",
        "CLIENTS://%s:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(settings.advertisedHost(), port, controllerPort));
    // A stage with a wrong topic prefix must fail instead of creating an empty topic.
    config.put("auto.create.topics.enable", "false");
  }

  private static void oneReplica(Map<String, String> config) {
    config.put("default.replication.factor", "1");
    config.put("min.insync.replicas", "1");
    config.put("num.partitions", "1");
    // 50 partitions each by default: 50 directories with four files for a handful of groups.
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("share.coordinator.state.topic.num.partitions", "1");
    config.put("auto.leader.rebalance.enable", "false");
  }

  /** There are no peers to wait for. */
  private static void promptness(Map<String, String> config) {
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("group.streams.initial.rebalance.delay.ms", "0");
    // A killed stage is detected after its own session.timeout.ms, from 1 s.
    config.put("group.min.session.timeout.ms", "1000");
    config.put("controller.quorum.append.linger.ms", "0");
    config.put("controller.quorum.election.timeout.ms", "200");
    config.put("broker.heartbeat.interval.ms", "500");
    // After a kill, the node waits this long for the session of its previous process to expire.
    config.put("broker.session.timeout.ms", "3000");
    // The periodic no-op record would sync the disk twice a second.
    config.put("metadata.max.idle.interval.ms", "0");
    config.put("metric.reporters", "");
  }

  /** Deleted records are removed from the disk within seconds. */
  private static void disk(Map<String, String> config, BrokerSettings settings) {
    config.put("log.dirs", settings.directory().toAbsolutePath().toString());
    config.put("log.initial.task.delay.ms", "1000");
    config.put("log.retention.check.interval.ms", "1000");
    config.put("log.segment.delete.delay.ms", "1000");
    config.put("log.dir.failure.timeout.ms", "1000");
    // An open segment has two index files of this size; one entry per batch, batches of 256 KiB.
    config.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    config.put("metadata.log.segment.bytes", Integer.toString(8 * 1024 * 1024));
  }

  private static void memory(Map<String, String> config) {
    int record = Topics.MAX_RECORD_BYTES + BATCH_OVERHEAD_BYTES;
    config.put("message.max.bytes", Integer.toString(record));
    config.put("replica.fetch.max.bytes", Integer.toString(record));
    config.put("socket.send.buffer.bytes", Integer.toString(1024 * 1024));
    config.put("socket.receive.buffer.bytes", Integer.toString(1024 * 1024));
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("background.threads", "2");
    config.put("num.recovery.threads.per.data.dir", "2");
    config.put("group.coordinator.threads", "1");
    config.put("queued.max.requests", "64");
    // 128 MiB by default, allocated at start even if nothing is ever cleaned.
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    config.put("log.cleaner.io.buffer.size", Integer.toString(256 * 1024));
  }
}
