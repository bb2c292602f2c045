package io.pagestream.schemas.topic;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * A topic: its contents and settings.
 *
 * @param id the name without the prefix
 * @param carries one sentence for display
 * @param key contents of the key
 * @param value schema of the value; for dead letters the schema is {@code bytes}
 * @param partitioned whether it has the configured number of partitions; otherwise one
 * @param settings required topic settings
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
