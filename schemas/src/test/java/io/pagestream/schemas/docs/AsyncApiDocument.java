package io.pagestream.schemas.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * {@code docs/asyncapi.json}: the topics for programs, as an AsyncAPI 3.0.0 document with the Kafka
 * bindings 0.5.0 (asyncapi.com/docs/reference/bindings/kafka).
 */
final class AsyncApiDocument {
  private static final String BINDING_VERSION = "0.5.0";

  /** Settings that the binding has a place for; the others are in {@code topics.md}. */
  private static final List<String> NUMBERS = List.of("retention.ms", "max.message.bytes");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AsyncApiDocument() {}

  static String write(String version) throws JsonProcessingException {
    ObjectNode root = NODES.objectNode();
    root.put("asyncapi", "3.0.0");
    root.set("info", info(version));
    root.put("defaultContentType", "avro/binary");
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    ObjectNode messages = NODES.objectNode();
    for (Topic topic : Topics.all()) {
      channels.set(topic.id(), channel(topic));
      operations.set("send-" + topic.id(), operation(topic));
      messages.set(topic.id(), message(topic));
    }
    root.putObject("components").set("messages", messages);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return JSON.writer(printer).writeValueAsString(root) + "\n";
  }

  private static ObjectNode info(String version) {
    ObjectNode info = NODES.objectNode();
    info.put("title", "Pagestream");
    info.put("version", version);
    info.put(
        "description",
        "Memory forensics as a stream. Topic names carry a configurable prefix; here it is the"
            + " default. Values are Avro in single-object encoding: no registry is needed.");
    info.putObject("license").put("name", "Apache-2.0");
    return info;
  }

  private static ObjectNode channel(Topic topic) {
    ObjectNode channel = NODES.objectNode();
    channel.put("address", topic.name(Topics.DEFAULT_PREFIX));
    channel.put("description", topic.carries());
    channel
        .putObject("messages")
        .putObject(topic.id())
        .put("$ref", "#/components/messages/" + topic.id());
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.name(Topics.DEFAULT_PREFIX));
    if (!topic.partitioned()) {
      kafka.put("partitions", 1);
    }
    kafka.set("topicConfiguration", configuration(topic));
    kafka.put("bindingVersion", BINDING_VERSION);
    return channel;
  }

  private static ObjectNode configuration(Topic topic) {
    ObjectNode configuration = NODES.objectNode();
    for (Map.Entry<String, String> setting : new TreeMap<>(topic.settings()).entrySet()) {
      if (setting.getKey().equals("cleanup.policy")) {
        ArrayNode policies = configuration.putArray(setting.getKey());
        List.of(setting.getValue().split(",", -1)).forEach(policies::add);
      } else if (NUMBERS.contains(setting.getKey())) {
        configuration.put(setting.getKey(), Long.parseLong(setting.getValue()));
      }
    }
    return configuration;
  }

  private static ObjectNode operation(Topic topic) {
    ObjectNode operation = NODES.objectNode();
    operation.put("action", "send");
    operation.putObject("channel").put("$ref", "#/channels/" + topic.id());
    operation.put("summary", topic.carries());
    return operation;
  }

  private static ObjectNode message(Topic topic) throws JsonProcessingException {
    ObjectNode message = NODES.objectNode();
    boolean record = topic.value().getType() == Schema.Type.RECORD;
    message.put("name", record ? topic.value().getName() : "DeadLetter");
    message.put("contentType", record ? "avro/binary" : "application/octet-stream");
    message.put("summary", record ? topic.value().getDoc() : topic.carries());
    ObjectNode payload = message.putObject("payload");
    payload.put("schemaFormat", "application/vnd.apache.avro+json;version=1.9.0");
    payload.set("schema", JSON.readTree(topic.value().toString()));
    ObjectNode kafka = message.putObject("bindings").putObject("kafka");
    kafka.putObject("key").put("type", "string").put("description", topic.key());
    kafka.put("bindingVersion", BINDING_VERSION);
    return message;
  }
}
