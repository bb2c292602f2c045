package io.pagestream.schemas.codec;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka serde for one record type. Kafka gives each producer, consumer and stream task its own
 * serializer, so that each owns its codec.
 *
 * @param <T> the generated record class
 */
public final class RecordSerde<T extends SpecificRecordBase> implements Serde<T> {
  private final Class<T> type;

  /** A serde for a generated record class. */
  public RecordSerde(Class<T> type) {
    this.type = type;
  }

  @Override
  public Serializer<T> serializer() {
    RecordCodec<T> codec = new RecordCodec<>(type);
    return (topic, value) -> encode(codec, value);
  }

  @Override
  public Deserializer<T> deserializer() {
    RecordCodec<T> codec = new RecordCodec<>(type);
    return (topic, bytes) -> decode(codec, bytes);
  }

  private static <T extends SpecificRecordBase> byte @Nullable [] encode(
      RecordCodec<T> codec, @Nullable T value) {
    return value == null ? null : codec.encode(value);
  }

  private static <T extends SpecificRecordBase> @Nullable T decode(
      RecordCodec<T> codec, byte @Nullable [] bytes) {
    return bytes == null ? null : codec.decode(bytes, null);
  }
}
