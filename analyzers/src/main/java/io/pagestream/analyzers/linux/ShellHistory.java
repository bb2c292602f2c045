package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import io.pagestream.analyzers.records.Times;
import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command in a history file of bash with HISTTIMEFORMAT: a line of {@code #} and seconds since
 * 1970, and a line with the command.
 */
final class ShellHistory {
  static final String KIND = "bash-history";

  /** Ten digits: 2001 to 2033. */
  static final RecordFormat FORMAT =
      RecordFormat.startingWith("#1[0-9]{9}\\n", 12, ShellHistory::describe);

  private static final int COMMAND = 12;
  private static final int LONGEST_COMMAND = 1024;

  private ShellHistory() {}

  private static @Nullable Artifact describe(RecordBytes bytes) {
    if (!Lines.begins(bytes, 0)) {
      return null;
    }
    int length = Lines.length(bytes, COMMAND, LONGEST_COMMAND, false);
    if (length < 1 || bytes.u8(COMMAND) <= ' ' || isTime(bytes, COMMAND)) {
      return null;
    }
    long second = 0;
    for (int i = 1; i <= 10; i++) {
      second = 10 * second + bytes.u8(i) - '0';
    }
    boolean followed = isTime(bytes, COMMAND + length + 1);
    return new Artifact(
        KIND,
        COMMAND + length,
        bytes.utf8(COMMAND, length),
        Encoding.UTF_8,
        Map.of("time", Times.unix(second)),
        followed ? Confidence.MEDIUM : Confidence.LOW);
  }

  private static boolean isTime(RecordBytes bytes, int offset) {
    if (!bytes.hasText(offset, "#1") || !bytes.has(offset, COMMAND)) {
      return false;
    }
    for (int i = 2; i <= 10; i++) {
      int digit = bytes.u8(offset + i);
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return bytes.u8(offset + COMMAND - 1) == '\n';
  }
}
