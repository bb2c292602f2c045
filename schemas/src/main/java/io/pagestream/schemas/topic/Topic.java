package io.pagestream.schemas.topic;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * One topic: what it carries and how the broker keeps it.
 *
 * @param id the name without the prefix
 * @param carries one sentence for people
 * @param key what the key is made of
 * @param value schema of the value; for dead letters the schema is {@code bytes}
 * @param partitioned whether it has the configured number of partitions; otherwise one
 * @param settings topic settings that we depend on
 */
public record Topic(
    String id,
    String carries,
    String key,
    Schema value,
    boolean partitioned,
    Map<String, String> settings) {
  /** The name on the broker. */
  public String name(String prefix) {
    return prefix + id;
  }
}
