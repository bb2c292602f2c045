package io.pagestream.schemas.codec;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
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
  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
  private final byte[] header;
  private final ReusableBytes bytes = new ReusableBytes(INITIAL_BYTES);
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  /** A codec for a generated record class; it also reads every released version of its schema. */
  public RecordCodec(Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    // Avro's fast reader never reuses objects inside a union, so it would allocate each payload.
    model.setFastReaderEnabled(false);
    var schema = model.getSchema(type);
    this.writer = new SpecificDatumWriter<>(schema, model);
    this.header = SingleObject.header(schema);
    addReader(schema, schema, model);
    for (var released : ReleasedSchemas.of(schema)) {
      addReader(released, schema, model);
    }
  }

  private void addReader(Schema written, Schema read, SpecificData model) {
    readers.put(
        SchemaNormalization.parsingFingerprint64(written),
        new SpecificDatumReader<>(written, read, model));
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
   * Decodes a record. Avro's decoder over an array, unlike the one over a stream that its message
   * decoder uses, compares each length with the bytes that are left before it allocates.
   *
   * @param reuse a record whose fields may be overwritten, or null for a new one
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} if the bytes are not such a record
   */
  public T decode(byte[] encoded, @Nullable T reuse) {
    SpecificDatumReader<T> reader = readers.get(fingerprint(encoded));
    if (reader == null) {
      throw corrupt("written with a schema unknown to this version", null);
    }
    T value;
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(encoded, header.length, encoded.length - header.length, decoder);
      value = reader.read(reuse, decoder);
      if (!decoder.isEnd()) {
        throw corrupt("there are bytes after the end of the record", null);
      }
    } catch (PagestreamException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Avro reports damaged bytes with many unchecked exceptions, not all of them its own.
      throw corrupt("not a record in single-object encoding", e);
    }
    return value;
  }

  /** Whether bytes begin like a record of this type, in this or a released version. */
  public boolean encodes(byte[] encoded) {
    return encoded.length >= header.length
        && encoded[0] == header[0]
        && encoded[1] == header[1]
        && readers.containsKey(fingerprint(encoded));
  }

  private long fingerprint(byte[] encoded) {
    if (encoded.length < header.length || encoded[0] != header[0] || encoded[1] != header[1]) {
      throw corrupt("not a record in single-object encoding", null);
    }
    return ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }

  private static PagestreamException corrupt(String what, @Nullable Exception cause) {
    var error =
        PagestreamException.of(
            ErrorCode.RECORD_CORRUPT, what, "check the dead letter and the version that wrote it");
    return cause == null ? error : error.causedBy(cause);
  }
}
