package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of the change journal: length at 0, version at 4, references to the file and its parent
 * from 8 on (8 bytes each in version 2, 16 in version 3), and after them USN, FILETIME, reasons,
 * source, security id, file attributes (0, 8, 16, 20, 24, 28), length and offset of the name (32,
 * 34), and the name (36).
 */
final class UsnRecord {
  static final String KIND = "usn-record";

  /** Layout of USN_RECORD_V2. */
  static final Layout VERSION_2 = new Layout(2, 24, "<");

  /** Layout of USN_RECORD_V3. */
  static final Layout VERSION_3 = new Layout(3, 40, "L");

  /**
   * The offset of the name, preceded by the length of the name and the upper half of the file
   * attributes, which are zero or those of the files of a cloud, and followed by the name.
   */
  private static final String BEFORE_OFFSET =
      "[\\x00\\x02\\x04\\x08\\x0a\\x10\\x18\\x40]\\x00[\\x02-\\xfe][\\x00\\x01]";

  private static final String AFTER_OFFSET = "\\x00[^\\x00]";

  private static final int ANCHOR_BYTES = 7;

  /** Offset of the anchor from {@link Layout#fields}. */
  private static final int ANCHOR_OFFSET = 30;

  private static final int NAME = 36;
  private static final int LONGEST_NAME = 255;

  /** USN_REASON_…: the bits that Windows defines. */
  private static final long KNOWN_REASONS = 0x81ff_ff77L;

  private static final long KNOWN_SOURCES = 0x0f;

  private static final String[] REASONS = {
    "data-overwrite", "data-extend", "data-truncation", "",
    "named-data-overwrite", "named-data-extend", "named-data-truncation", "",
    "file-create", "file-delete", "ea-change", "security-change",
    "rename-old-name", "rename-new-name", "indexable-change", "basic-info-change",
    "hard-link-change", "compression-change", "encryption-change", "object-id-change",
    "reparse-point-change", "stream-change", "transacted-change", "integrity-change",
    "desired-storage-class-change", "", "", "",
    "", "", "", "close"
  };

  private final Layout layout;

  private UsnRecord(Layout layout) {
    this.layout = layout;
  }

  /**
   * One version of the record.
   *
   * @param version its number
   * @param fields offset of the USN
   * @param nameOffset the character whose code is the offset of the name
   */
  record Layout(int version, int fields, String nameOffset) {}

  static RecordFormat format(Layout layout) {
    return RecordFormat.withAnchorAt(
        layout.fields() + ANCHOR_OFFSET,
        BEFORE_OFFSET + layout.nameOffset() + AFTER_OFFSET,
        ANCHOR_BYTES,
        new UsnRecord(layout)::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    int fields = layout.fields();
    if (!bytes.has(0, fields + NAME)
        || bytes.u16(4) != layout.version()
        || bytes.u16(6) != 0
        || bytes.u16(2) != 0) {
      return null;
    }
    int nameBytes = bytes.u16(fields + 32);
    int name = fields + NAME;
    int length = name + nameBytes + 7 & ~7;
    long reasons = bytes.u32(fields + 16);
    if (nameBytes % 2 != 0
        || nameBytes > 2 * LONGEST_NAME
        || bytes.u16(0) != length
        || !bytes.has(0, length)
        || reasons == 0
        || (reasons & ~KNOWN_REASONS) != 0
        || bytes.u32(fields + 20) > KNOWN_SOURCES
        || bytes.s64(fields) < 0
        || !Times.isFiletime(bytes.s64(fields + 8))
        || !bytes.isUtf16Text(name, nameBytes / 2)) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("version", Integer.toString(layout.version()));
    attributes.put("usn", Long.toString(bytes.s64(fields)));
    attributes.put("time", Times.filetime(bytes.s64(fields + 8)));
    attributes.put("reason", reasons(reasons));
    attributes.put("file-attributes", "0x%x".formatted(bytes.u32(fields + 28)));
    FileName.reference("file", bytes.s64(8), attributes);
    FileName.reference("parent", bytes.s64(8 + (fields - 8) / 2), attributes);
    return Artifact.binary(KIND, length, bytes.utf16(name, nameBytes / 2), attributes)
        .in(Encoding.UTF_16LE);
  }

  private static String reasons(long bits) {
    StringJoiner names = new StringJoiner("|");
    for (int bit = 0; bit < REASONS.length; bit++) {
      if ((bits >>> bit & 1) != 0) {
        names.add(REASONS[bit]);
      }
    }
    return names.toString();
  }
}
