package io.pagestream.analyzers.eventlog;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The header of a chunk of 64 KiB: record numbers at 8 and 16, record ids at 24 and 32, header size
 * 128 at 40, offset of the last record at 44, offset of the free space at 48, CRC-32 of the records
 * at 52, and at 124 the CRC-32 of bytes 0 to 119 and 128 to 511.
 */
final class EvtxChunk {
  static final String KIND = "evtx-chunk";

  private static final int HEADER = 128;
  private static final int CHECKED = 120;
  private static final int RECORDS = 512;
  private static final int CHUNK = 65536;

  private final byte[] copy = new byte[CHUNK];

  private EvtxChunk() {}

  static RecordFormat format() {
    return RecordFormat.startingWith("ElfChnk\\x00", 8, new EvtxChunk()::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, RECORDS) || !isHeader(bytes)) {
      return null;
    }
    bytes.copyTo(copy, 0, RECORDS);
    CRC32 crc = new CRC32();
    crc.update(copy, 0, CHECKED);
    crc.update(copy, HEADER, RECORDS - HEADER);
    boolean valid = crc.getValue() == bytes.u32(124);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("first-record-id", Long.toString(bytes.s64(24)));
    attributes.put("last-record-id", Long.toString(bytes.s64(32)));
    attributes.put("first-record-number", Long.toString(bytes.s64(8)));
    attributes.put("last-record-number", Long.toString(bytes.s64(16)));
    attributes.put("checksum", valid ? "valid" : "invalid");
    // Only a valid header is a reason to read all records.
    if (valid && hasValidRecords(bytes)) {
      attributes.put("records-checksum", "valid");
    }
    String value = "EVTX chunk, records %d to %d".formatted(bytes.s64(24), bytes.s64(32));
    return Artifact.binary(KIND, RECORDS, value, attributes)
        .rated(valid ? Confidence.HIGH : Confidence.MEDIUM);
  }

  private static boolean isHeader(RecordBytes bytes) {
    long free = bytes.u32(48);
    long last = bytes.u32(44);
    return bytes.u32(40) == HEADER
        && bytes.s64(8) > 0
        && bytes.s64(16) >= bytes.s64(8)
        && bytes.s64(24) > 0
        && bytes.s64(32) >= bytes.s64(24)
        && bytes.s64(16) - bytes.s64(8) < CHUNK
        && bytes.s64(32) - bytes.s64(24) < CHUNK
        && free > RECORDS
        && free <= CHUNK
        && last >= RECORDS
        && last < free;
  }

  /** The pages of a chunk may be in different places, so a wrong CRC-32 proves nothing. */
  private boolean hasValidRecords(RecordBytes bytes) {
    int length = (int) bytes.u32(48) - RECORDS;
    if (!bytes.has(RECORDS, length)) {
      return false;
    }
    bytes.copyTo(copy, RECORDS, length);
    CRC32 crc = new CRC32();
    crc.update(copy, 0, length);
    return crc.getValue() == bytes.u32(52);
  }
}
