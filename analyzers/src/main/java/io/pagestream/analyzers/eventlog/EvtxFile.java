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
 * The header of a log: first chunk at 8, last at 16, next record id at 24, header size 128 at 32,
 * version at 36 and 38, block size 4096 at 40, number of chunks at 42, unused to 120, flags at 120,
 * CRC-32 of the first 120 bytes at 124.
 */
final class EvtxFile {
  static final String KIND = "evtx-file";

  private static final int HEADER = 128;
  private static final int CHECKED = 120;
  private static final int BLOCK = 4096;

  private final byte[] copy = new byte[CHECKED];

  private EvtxFile() {}

  static RecordFormat format() {
    return RecordFormat.startingWith("ElfFile\\x00", 8, new EvtxFile()::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    if (!bytes.has(0, HEADER)
        || bytes.u32(32) != HEADER
        || bytes.u16(38) != 3
        || bytes.u16(40) != BLOCK
        || !bytes.isZero(44, 76)) {
      return null;
    }
    bytes.copyTo(copy, 0, CHECKED);
    CRC32 crc = new CRC32();
    crc.update(copy);
    boolean valid = crc.getValue() == bytes.u32(124);
    String version = bytes.u16(38) + "." + bytes.u16(36);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("chunks", Integer.toString(bytes.u16(42)));
    attributes.put("first-chunk", Long.toUnsignedString(bytes.s64(8)));
    attributes.put("last-chunk", Long.toUnsignedString(bytes.s64(16)));
    attributes.put("next-record-id", Long.toUnsignedString(bytes.s64(24)));
    attributes.put("version", version);
    attributes.put("checksum", valid ? "valid" : "invalid");
    attributes.put("dirty", Boolean.toString((bytes.u32(120) & 1) != 0));
    String value =
        "EVTX %s, %d chunks, next record %s"
            .formatted(version, bytes.u16(42), attributes.get("next-record-id"));
    return Artifact.binary(KIND, HEADER, value, attributes)
        .rated(valid ? Confidence.HIGH : Confidence.MEDIUM);
  }
}
