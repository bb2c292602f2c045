package io.pagestream.schemas.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;

/** Every record is decoded as it was encoded, and invalid bytes do no harm. */
final class RecordCodecPropertyTest {
  /** What decoding a few hundred hostile bytes may allocate: a small multiple of them. */
  private static final long MOST_ALLOCATED = 4L << 20;

  @Provide
  Arbitrary<Schema> records() {
    return Arbitraries.of(AllSchemas.records());
  }

  @Property(tries = 500)
  void everyRecordComesBackAsItWasWritten(@ForAll("records") Schema schema, @ForAll long seed) {
    checkRoundTrip(AllSchemas.type(schema), new RandomRecords(seed).record(schema));
  }

  private static <T extends SpecificRecordBase> void checkRoundTrip(
      Class<T> type, SpecificRecordBase record) {
    RecordCodec<T> codec = new RecordCodec<>(type);
    byte[] encoded = codec.encode(type.cast(record));
    T decoded = codec.decode(encoded, null);
    assertThat(decoded).isEqualTo(record);
    assertThat(codec.decode(encoded, decoded)).isEqualTo(record);
    assertThat(codec.decode(codec.encode(decoded), null)).isEqualTo(record);
  }

  @Property(tries = 500)
  void aCutRecordIsCorrupt(@ForAll("records") Schema schema, @ForAll long seed) {
    byte[] encoded = encode(AllSchemas.type(schema), new RandomRecords(seed).record(schema));
    int length = new Random(seed).nextInt(encoded.length);
    assertThatThrownBy(() -> decode(AllSchemas.type(schema), Arrays.copyOf(encoded, length)))
        .isInstanceOfSatisfying(
            PagestreamException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_CORRUPT));
  }

  @Property(tries = 2000)
  void damagedBytesAreReadOrRefusedAndNeverTakeMuchMemory(
      @ForAll("records") Schema schema, @ForAll long seed) {
    byte[] encoded = encode(AllSchemas.type(schema), new RandomRecords(seed).record(schema));
    Random random = new Random(seed);
    for (int damage = 1 + random.nextInt(8); damage > 0 && encoded.length > 10; damage--) {
      encoded[10 + random.nextInt(encoded.length - 10)] = (byte) random.nextInt();
    }
    assertHarmless(AllSchemas.type(schema), encoded);
  }

  @Property(tries = 500)
  void arbitraryBytesAreCorrupt(@ForAll("records") Schema schema, @ForAll byte[] bytes) {
    assertThatThrownBy(() -> decode(AllSchemas.type(schema), bytes))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("PS-210");
  }

  @Property(tries = 500)
  void anyBytesAfterATrueHeaderDoNoHarm(@ForAll("records") Schema schema, @ForAll byte[] bytes) {
    byte[] header = encode(AllSchemas.type(schema), new RandomRecords(1).record(schema));
    byte[] hostile = Arrays.copyOf(header, 10 + bytes.length);
    System.arraycopy(bytes, 0, hostile, 10, bytes.length);
    assertHarmless(AllSchemas.type(schema), hostile);
  }

  @Example
  void lengthsThatNoBytesFollowAllocateNothing() throws IOException {
    for (long length : List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L, 1L << 31, (1L << 31) - 9)) {
      assertHarmless(Finding.class, startOfString(length, Finding.class));
      assertHarmless(ImageManifest.class, startOfArray(length));
    }
  }

  /** A record whose first field, a string, claims a length. */
  private static byte[] startOfString(long length, Class<? extends SpecificRecordBase> type)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header(type), 0, 10);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeLong(length);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** A manifest whose list of files claims a length. */
  private static byte[] startOfArray(long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header(ImageManifest.class), 0, 10);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    for (int field = 0; field < 4; field++) {
      encoder.writeString("x");
    }
    encoder.writeLong(length);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static byte[] header(Class<? extends SpecificRecordBase> type) {
    for (Schema schema : AllSchemas.records()) {
      if (AllSchemas.type(schema) == type) {
        return encode(type, new RandomRecords(1).record(schema));
      }
    }
    throw new IllegalArgumentException(type.getName());
  }

  private static <T extends SpecificRecordBase> void assertHarmless(Class<T> type, byte[] bytes) {
    RecordCodec<T> codec = new RecordCodec<>(type);
    long before = allocated();
    try {
      codec.decode(bytes, null);
    } catch (PagestreamException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RECORD_CORRUPT);
    }
    assertThat(allocated() - before).as("bytes allocated").isLessThan(MOST_ALLOCATED);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static <T extends SpecificRecordBase> byte[] encode(
      Class<T> type, SpecificRecordBase record) {
    return new RecordCodec<>(type).encode(type.cast(record));
  }

  private static <T extends SpecificRecordBase> T decode(Class<T> type, byte[] bytes) {
    return new RecordCodec<>(type).decode(bytes, null);
  }
}
