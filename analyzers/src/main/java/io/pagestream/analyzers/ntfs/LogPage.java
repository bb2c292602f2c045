package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log file. {@code RCRD}: last log sequence number at 8, flags at 16, number of pages
 * of the transfer at 20 and position in it at 22, offset of the next record at 24, last complete
 * log sequence number at 32. {@code RSTR}: log sequence number of the last check at 8, sizes of
 * system and log pages at 16 and 20, offset of the restart area at 24, version at 26 and 28.
 */
final class LogPage {
  static final String KIND = "logfile-page";

  private static final int SIZE = UpdateSequence.MAX_RECORD;

  private final UpdateSequence sequence = new UpdateSequence();

  private LogPage() {}

  /** {@code RCRD} and the offset of the update sequence, 40. */
  static RecordFormat records() {
    return RecordFormat.startingWith("RCRD\\x28", 5, new LogPage()::page);
  }

  /** {@code RSTR} and the offset of the update sequence, 30. */
  static RecordFormat restart() {
    return RecordFormat.startingWith("RSTR\\x1e", 5, new LogPage()::restartPage);
  }

  private @Nullable Artifact page(RecordBytes bytes) {
    if (!bytes.has(0, SIZE)
        || bytes.u8(5) != 0
        || bytes.u32(16) > 1
        || bytes.u16(20) == 0
        || bytes.u16(22) == 0
        || bytes.u16(22) > bytes.u16(20)
        || bytes.u16(24) > SIZE
        || bytes.u16(24) % 8 != 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("page", "record");
    attributes.put("last-lsn", Long.toString(bytes.s64(8)));
    attributes.put("last-complete-lsn", Long.toString(bytes.s64(32)));
    return verified(bytes, "log records up to LSN " + bytes.s64(8), attributes);
  }

  private @Nullable Artifact restartPage(RecordBytes bytes) {
    if (!bytes.has(0, SIZE)
        || bytes.u8(5) != 0
        || bytes.u32(16) != SIZE
        || bytes.u32(20) != SIZE
        || bytes.u16(24) % 8 != 0
        || bytes.u16(24) > SIZE
        || bytes.u16(28) > 2) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("page", "restart");
    attributes.put("check-lsn", Long.toString(bytes.s64(8)));
    attributes.put("version", bytes.u16(28) + "." + bytes.u16(26));
    return verified(bytes, "log restart area", attributes);
  }

  private @Nullable Artifact verified(
      RecordBytes bytes, String value, Map<String, String> attributes) {
    UpdateSequence.State state = sequence.verify(bytes, SIZE);
    if (state == null || state == UpdateSequence.State.DAMAGED) {
      return null;
    }
    attributes.put("update-sequence", state.word());
    return Artifact.binary(KIND, SIZE, value, attributes);
  }
}
