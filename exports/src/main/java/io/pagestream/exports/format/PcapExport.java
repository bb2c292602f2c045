package io.pagestream.exports.format;

import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A capture file (libpcap, {@code pcap-savefile(5)}, version 2.4) with the findings of the kind
 * {@code packet}, in the order of the case. Its link type is Ethernet; a packet that was found
 * without an Ethernet header gets one with addresses of zero. Memory does not contain the time at
 * which a packet was captured, so all times are zero. Of a packet whose bytes are not all known,
 * the record contains those that are, and its original length.
 */
final class PcapExport implements StreamExport {
  private static final int MAGIC = 0xa1b2c3d4; // times in microseconds
  private static final int ETHERNET = 1; // LINKTYPE_ETHERNET
  private static final int ETHERNET_BYTES = 14;
  private static final int HEADER_BYTES = 24;
  private static final int RECORD_BYTES = 16;

  /** Longest packet: one of 65,535 bytes after an Ethernet header with a tag. */
  private static final int MAX_PACKET_BYTES = 65_535 + 18;

  /** Longest record that readers accept by default. */
  private static final int SNAP_BYTES = 262_144;

  @Override
  public ExportCounts write(ExportSource source, OutputStream out) throws IOException {
    out.write(header());
    long[] leftOut = {0};
    long packets =
        source.forEach(
            "kind = 'packet'",
            List.of(),
            finding -> {
              byte[] record = record(finding);
              if (record == null) {
                leftOut[0]++;
              } else {
                out.write(record);
              }
            });
    return new ExportCounts(
        packets - leftOut[0],
        leftOut[0],
        leftOut[0] == 0 ? "" : "their bytes are not in the case; use another format");
  }

  private static byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0) // time zone and accuracy
        .putInt(SNAP_BYTES)
        .putInt(ETHERNET)
        .array();
  }

  /** The record of a packet; null if the finding does not contain valid bytes. */
  private static byte @Nullable [] record(Finding finding) {
    Map<String, String> attributes = finding.getAttributes();
    byte[] bytes = bytes(attributes.get("bytes"));
    boolean link = "ethernet".equals(attributes.get("link"));
    if (bytes == null || bytes.length < (link ? ETHERNET_BYTES : 1)) {
      return null;
    }
    int added = link ? 0 : ETHERNET_BYTES;
    int included = added + bytes.length;
    int original = Math.max(included, added + number(attributes.get("original-length")));
    ByteBuffer record =
        ByteBuffer.allocate(RECORD_BYTES + included)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0) // time
            .putInt(included)
            .putInt(original);
    if (!link) {
      boolean v4 = (bytes[0] & 0xf0) == 0x40;
      record.order(ByteOrder.BIG_ENDIAN).put(new byte[12]).putShort((short) (v4 ? 0x800 : 0x86dd));
    }
    return record.put(bytes).array();
  }

  /** Findings on a topic may have been written by others, so nothing is assumed about the text. */
  private static byte @Nullable [] bytes(@Nullable String hex) {
    if (hex == null || hex.length() > 2 * MAX_PACKET_BYTES) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? 0 : Math.min(Integer.parseInt(text), MAX_PACKET_BYTES);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
