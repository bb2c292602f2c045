package io.pagestream.schemas.codec;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * One record type as bytes in Avro's single-object encoding: {@code C3 01}, the schema's
 * CRC-64-AVRO fingerprint in 8 bytes little-endian, the binary body (Avro specification,
 * "Single-object encoding"). Keeps its buffers; one codec serves one thread.
 *
 * @param <T> the generated record class
 */
public final class RecordCodec<T extends SpecificRecordBase> {
  private static final int INITIAL_BYTES = 1024;

  static {
    TrustedRecords.trust();
  }

  private final SpecificDatumWriter<T> writer;
  private final BinaryMessageDecoder<T> decoder;
  private final byte[] header;
  private final ReusableBytes bytes = new ReusableBytes(INITIAL_BYTES);
  private @Nullable BinaryEncoder encoder;

  /** A codec for a generated record class; it also reads every released version of its schema. */
  public RecordCodec(Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    var schema = model.getSchema(type);
    this.writer = new SpecificDatumWriter<>(schema, model);
    this.decoder = new BinaryMessageDecoder<>(model, schema);
    this.header = SingleObject.header(schema);
    for (var released : ReleasedSchemas.of(schema)) {
      decoder.addSchema(released);
    }
  }

  /** Encodes a record into a new array. */
  public byte[] encode(T value) {
    bytes.reset();
    bytes.write(header, 0, header.length);
    try {
      encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Decodes a record.
   *
   * @param reuse a record whose fields may be overwritten, or null for a new one
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if the bytes are not such a record
   */
  public T decode(byte[] encoded, @Nullable T reuse) {
    try {
      return decoder.decode(encoded, reuse);
    } catch (MissingSchemaException e) {
      throw corrupt("written with a schema that this version does not know", e);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw corrupt("not a record in single-object encoding", e);
    }
  }

  private static PagestreamException corrupt(String what, Exception cause) {
    return PagestreamException.of(
            ErrorCode.RECORD_CORRUPT,
            what,
            "look at the dead letter and at the version that wrote it")
        .causedBy(cause);
  }
}
