package io.pagestream.schemas.codec;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka serde for one record type. Kafka Streams shares a sink's serializer among all threads,
 * and requests a new serializer from a store's serde on every access; there is therefore one codec
 * per thread, behind serializers without state.
 *
 * @param <T> the generated record class
 */
public final class RecordSerde<T extends SpecificRecordBase> implements Serde<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RecordSerde.class);

  private final ThreadLocal<RecordCodec<T>> codec;
  private final boolean corruptIsAbsent;

  /** A serde for a generated record class; damaged bytes are an error. */
  public RecordSerde(Class<T> type) {
    this(type, false);
  }

  private RecordSerde(Class<T> type, boolean corruptIsAbsent) {
    this.codec = ThreadLocal.withInitial(() -> new RecordCodec<>(type));
    this.corruptIsAbsent = corruptIsAbsent;
  }

  /**
   * A serde for a state store. Its changelog is a topic, to which other clients may write: damaged
   * bytes are treated as an absent entry, and logged, so that they cannot end the stage.
   */
  public static <T extends SpecificRecordBase> RecordSerde<T> ofStore(Class<T> type) {
    return new RecordSerde<>(type, true);
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> encode(codec.get(), value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      try {
        return decode(codec.get(), bytes);
      } catch (PagestreamException e) {
        if (!corruptIsAbsent || e.code() != ErrorCode.RECORD_CORRUPT) {
          throw e;
        }
        LOG.warn("an entry of {} is skipped: {}", topic, e.getMessage());
        return null;
      }
    };
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
