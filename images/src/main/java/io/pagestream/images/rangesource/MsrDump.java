package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.FixedRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.images.memorytype.VariableRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.memorytype.TypeCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Model-specific registers of one processor as text: {@code NUMBER [NAME] VALUE} on each line, both
 * in hex with or without 0x. The registers' meaning: Intel SDM vol. 3A, 11.11; AMD APM vol. 2, 7.7.
 *
 * @param values values by register number
 */
record MsrDump(Map<Integer, Long> values) {
  private static final int MTRRCAP = 0xfe;
  private static final int PAT = 0x277;
  private static final int DEF_TYPE = 0x2ff;
  private static final int PHYSBASE0 = 0x200;
  private static final int SYSCFG = 0xc0010010;
  private static final int TOP_MEM2 = 0xc001001d;

  /** SYSCFG's MtrrTom2En and Tom2ForceMemTypeWB. */
  private static final long TOM2_WRITE_BACK = 3L << 21;

  private static final int FIXED_SUPPORTED = 1 << 8;
  private static final int FIXED_ENABLED = 1 << 10;
  private static final int ENABLED = 1 << 11;

  private static final Pattern LINE =
      Pattern.compile(
          "(?:0x)?([0-9a-fA-F]{1,8})[:\\s]\\s*(?:([A-Z]\\w*)\\s+)?(?:0x)?([0-9a-fA-F]{1,16})");

  /** Whether a line is one of a dump. */
  static boolean isLine(String line) {
    return line.length() <= 128 && LINE.matcher(line.strip()).matches();
  }

  static MsrDump read(SideContent content) {
    Map<Integer, Long> values = new HashMap<>();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line.length() > 128 ? "" : line);
      if (!matcher.matches()) {
        throw content.invalid(i + 1, "not of the form 'NUMBER NAME VALUE'");
      }
      int number = Integer.parseUnsignedInt(matcher.group(1), 16);
      long value = Long.parseUnsignedLong(matcher.group(3), 16);
      Long before = values.put(number, value);
      if (before != null && before != value) {
        throw content.invalid(
            i + 1,
            "register 0x%x has two values; give the dump of one processor".formatted(number));
      }
    }
    return new MsrDump(values);
  }

  Optional<PatLayout> pat() {
    return Optional.ofNullable(values.get(PAT)).map(PatLayout::of);
  }

  /** The MTRRs, if the dump has IA32_MTRR_DEF_TYPE. */
  Optional<MtrrState> mtrr(SideContent content) {
    Long defType = values.get(DEF_TYPE);
    if (defType == null) {
      return Optional.empty();
    }
    boolean withFixed =
        (defType & FIXED_ENABLED) != 0
            && (values.getOrDefault(MTRRCAP, (long) FIXED_SUPPORTED) & FIXED_SUPPORTED) != 0;
    long sysCfg = values.getOrDefault(SYSCFG, 0L);
    boolean top2 = (sysCfg & TOM2_WRITE_BACK) == TOM2_WRITE_BACK;
    return Optional.of(
        new MtrrState(
            (defType & ENABLED) != 0,
            TypeCode.ofMtrr((int) (defType & 0xff)),
            withFixed ? Optional.of(fixed()) : Optional.empty(),
            variable(content),
            top2 ? Math.max(values.getOrDefault(TOP_MEM2, 0L), 0) : 0));
  }

  private FixedRanges fixed() {
    List<CacheType> types = new ArrayList<>();
    for (int register : FixedRanges.REGISTERS) {
      Long value = values.get(register);
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        types.add(
            value == null ? CacheType.UNKNOWN : TypeCode.ofMtrr((int) (value >>> shift) & 0xff));
      }
    }
    return new FixedRanges(types);
  }

  private List<VariableRange> variable(SideContent content) {
    List<VariableRange> ranges = new ArrayList<>();
    for (int n = 0; n < pairs(content); n++) {
      Long base = values.get(PHYSBASE0 + 2 * n);
      Long mask = values.get(PHYSBASE0 + 2 * n + 1);
      if (base == null || mask == null) {
        throw content.invalid(
            "register 0x%x or 0x%x is missing: the MTRRs are not complete"
                .formatted(PHYSBASE0 + 2 * n, PHYSBASE0 + 2 * n + 1));
      }
      if ((mask & VariableRange.VALID) != 0) {
        try {
          ranges.add(new VariableRange(base, mask, TypeCode.ofMtrr((int) (base & 0xff))));
        } catch (IllegalArgumentException e) {
          throw content.invalid("MTRR %d is invalid: %s".formatted(n, e.getMessage())).causedBy(e);
        }
      }
    }
    return ranges;
  }

  /** The number in IA32_MTRRCAP; without it, the number of registers in the file. */
  private int pairs(SideContent content) {
    Long cap = values.get(MTRRCAP);
    if (cap == null) {
      int n = 0;
      while (n < 32 && values.containsKey(PHYSBASE0 + 2 * n)) {
        n++;
      }
      return n;
    }
    int pairs = (int) (cap & 0xff);
    if (pairs > 32) { // 0x240 on are other registers
      throw content.invalid("IA32_MTRRCAP claims %d variable ranges".formatted(pairs));
    }
    return pairs;
  }
}
