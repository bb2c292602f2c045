package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.FixedRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.VariableRange;
import io.pagestream.schemas.avro.CacheType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /proc/mtrr}: the variable ranges in use (Linux, arch/x86/kernel/cpu/mtrr/if.c,
 * mtrr_seq_show; kernels before 2.6.30 put the type before the count). It contains neither the
 * default type nor the fixed ranges: both stay unknown.
 */
final class ProcMtrr {
  private static final Pattern LINE =
      Pattern.compile(
          "reg(\\d{1,3}): base=0x([0-9a-f]{1,16}) \\( *\\d+MB\\), size= *(\\d{1,13})([KM])B"
              + "(?:, count=\\d+)?: ([a-z?-]+)(?:, count=\\d+)?");

  private ProcMtrr() {}

  static boolean isLine(String line) {
    return line.startsWith("reg");
  }

  static MtrrState read(SideContent content) {
    List<VariableRange> ranges = new ArrayList<>();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        if (ranges.size() == MtrrState.MOST_VARIABLE_RANGES) {
          throw content.invalid(i + 1, "more ranges than a processor can have");
        }
        ranges.add(range(content, i + 1, line));
      }
    }
    return new MtrrState(true, CacheType.UNKNOWN, Optional.of(FixedRanges.unknown()), ranges, 0);
  }

  private static VariableRange range(SideContent content, int number, String line) {
    Matcher matcher = LINE.matcher(line.length() > 256 ? "" : line);
    if (!matcher.matches()) {
      throw content.invalid(number, "not a line of /proc/mtrr");
    }
    long base = content.address(number, matcher.group(2));
    long units = Long.parseLong(matcher.group(3));
    int shift = matcher.group(4).equals("K") ? 10 : 20;
    try {
      return VariableRange.ofSize(
          base, Math.multiplyExact(units, 1L << shift), type(matcher.group(5)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw content.invalid(number, "invalid range: " + e.getMessage()).causedBy(e);
    }
  }

  private static CacheType type(String word) {
    return switch (word) {
      case "uncachable" -> CacheType.UNCACHED;
      case "write-combining" -> CacheType.WRITE_COMBINING;
      case "write-through" -> CacheType.WRITE_THROUGH;
      case "write-protect" -> CacheType.WRITE_PROTECTED;
      case "write-back" -> CacheType.WRITE_BACK;
      default -> CacheType.UNKNOWN;
    };
  }
}
