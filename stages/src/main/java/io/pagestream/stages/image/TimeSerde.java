package io.pagestream.stages.image;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Times as eight bytes. A damaged entry of the changelog is read as the time 0: long ago. */
final class TimeSerde implements Serde<Long> {
  @Override
  public Serializer<Long> serializer() {
    return (topic, time) -> bytes(time);
  }

  @Override
  public Deserializer<Long> deserializer() {
    return (topic, bytes) -> time(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable Long time) {
    return time == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(time).array();
  }

  private static @Nullable Long time(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    return bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : Long.valueOf(0);
  }
}
