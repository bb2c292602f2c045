package io.pagestream.schemas.codec;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka serde for one record type. Kafka Streams shares a sink's serializer among all threads,
 * and asks a store's serde for a new serializer at every access; so there is one codec a thread,
 * behind serializers that cost nothing.
 *
 * @param <T> the generated record class
 */
public final class RecordSerde<T extends SpecificRecordBase> implements Serde<T> {
  private final ThreadLocal<RecordCodec<T>> codec;

  /** A serde for a generated record class. */
  public RecordSerde(Class<T> type) {
    this.codec = ThreadLocal.withInitial(() -> new RecordCodec<>(type));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> encode(codec.get(), value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(codec.get(), bytes);
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
