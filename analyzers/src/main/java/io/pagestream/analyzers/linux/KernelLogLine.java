package io.pagestream.analyzers.linux;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.records.Artifact;
import io.pagestream.analyzers.records.RecordBytes;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of the kernel's log as text (Linux, kernel/printk/printk.c, print_time): seconds since
 * boot in at least five columns and six decimals in brackets, then the message. It begins a line,
 * follows the level ({@code <6>}), or follows {@code kernel: } in a log of syslog. The binary
 * records of the ring buffer have no text and no constant, and are not searched for.
 */
final class KernelLogLine {
  static final String KIND = "kernel-log-record";

  /** One to three digits more than fit in five columns: up to 27 hours, 11 days, 115 days. */
  static final List<RecordFormat> FORMATS =
      List.of(format("[ 0-9]{4}[0-9]", 5), format("[1-9][0-9]{5}", 6), format("[1-9][0-9]{6}", 7));

  private static final int LONGEST_LINE = 512;
  private static final int SHORTEST_MESSAGE = 3;
  private static final String SYSLOG = "kernel: ";

  private final int message;

  private KernelLogLine(int message) {
    this.message = message;
  }

  private static RecordFormat format(String seconds, int columns) {
    int length = columns + 10;
    return RecordFormat.startingWith(
        "\\[" + seconds + "\\.[0-9]{6}\\][ \\[]", length, new KernelLogLine(length - 1)::describe);
  }

  private @Nullable Artifact describe(RecordBytes bytes) {
    int level = level(bytes);
    if (level < 0 && !Lines.begins(bytes, 0) && !bytes.hasText(-SYSLOG.length(), SYSLOG)) {
      return null;
    }
    int length = Lines.length(bytes, message, LONGEST_LINE, true);
    if (length < SHORTEST_MESSAGE + 1) {
      return null;
    }
    String line = bytes.latin1(0, message + length);
    String text = line.substring(message).strip();
    String seconds = line.substring(1, message - 1).strip();
    if (text.length() < SHORTEST_MESSAGE || seconds.indexOf(' ') >= 0) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("seconds-since-boot", seconds);
    if (level >= 0) {
      attributes.put("level", Integer.toString(level & 7));
    }
    return new Artifact(KIND, line.length(), text, Encoding.ASCII, attributes, null);
  }

  /** The number between angle brackets before the line: facility times 8 and level. */
  private static int level(RecordBytes bytes) {
    if (!bytes.has(-3, 3) || bytes.u8(-1) != '>') {
      return -1;
    }
    int ones = bytes.u8(-2) - '0';
    if (ones < 0 || ones > 9) {
      return -1;
    }
    if (bytes.u8(-3) == '<') {
      return ones;
    }
    int tens = bytes.u8(-3) - '0';
    boolean open = bytes.has(-4, 1) && bytes.u8(-4) == '<';
    return open && tens > 0 && tens <= 9 ? 10 * tens + ones : -1;
  }
}
