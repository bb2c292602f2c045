package io.pagestream.stages.shell;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** Adds sources and sinks to a topology that take records as they are on the topics: as bytes. */
public final class TopicNodes {
  private TopicNodes() {}

  /** Adds a source. */
  public static void addSource(Topology topology, String name, String topic) {
    topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
  }

  /** Adds a sink behind other nodes. */
  public static void addSink(Topology topology, String name, String topic, String... parents) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }
}
