package io.pagestream.images.rangesource;

import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.images.memorytype.TrackedTypes;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Linux's printouts of the PAT (arch/x86/mm/pat/memtype.c): its layout in the kernel log, {@code
 * x86/PAT: Configuration [0-7]: WB WC …}, before 4.3 also {@code x86 PAT enabled: …}-like lines
 * with other words, which are not read; and {@code pat_memtype_list}: {@code PAT: [mem 0x…-0x…]
 * write-back}, or {@code write-back @ 0x…-0x…} on old kernels, the end exclusive in both.
 */
final class PatText {
  private static final Pattern CONFIGURATION =
      Pattern.compile("PAT: Configuration \\[0-7\\]: ((?:(?:UC-|UC|WC|WT|WP|WB)\\s*){8})");
  private static final Pattern NEW =
      Pattern.compile("PAT: \\[mem 0x([0-9a-f]{1,16})-0x([0-9a-f]{1,16})\\] ([a-z-]+)");
  private static final Pattern OLD =
      Pattern.compile("([a-z-]+) @ (?:0x)?([0-9a-f]{1,16})-(?:0x)?([0-9a-f]{1,16})");

  /** Only the register's value. */
  private static final Pattern VALUE = Pattern.compile("0x([0-9a-fA-F]{1,16})");

  private PatText() {}

  /** The layout, if the file contains it. */
  static Optional<PatLayout> layout(SideContent content) {
    Optional<PatLayout> found = Optional.empty();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Optional<PatLayout> here = line.length() > 512 ? Optional.empty() : layoutIn(line);
      if (here.isPresent() && found.isPresent() && !here.equals(found)) {
        throw content.invalid(i + 1, "contains a different PAT than a previous line");
      }
      found = found.or(() -> here);
    }
    return found;
  }

  private static Optional<PatLayout> layoutIn(String line) {
    Matcher value = VALUE.matcher(line);
    if (value.matches()) {
      return Optional.of(PatLayout.of(Long.parseUnsignedLong(value.group(1), 16)));
    }
    Matcher words = CONFIGURATION.matcher(line);
    if (!words.find()) {
      return Optional.empty();
    }
    List<CacheType> types = new ArrayList<>();
    for (String word : words.group(1).strip().split("\\s+", -1)) {
      types.add(
          switch (word) {
            case "UC" -> CacheType.UNCACHED;
            case "UC-" -> CacheType.UNCACHED_MINUS;
            case "WC" -> CacheType.WRITE_COMBINING;
            case "WT" -> CacheType.WRITE_THROUGH;
            case "WP" -> CacheType.WRITE_PROTECTED;
            default -> CacheType.WRITE_BACK;
          });
    }
    return types.size() == 8 ? Optional.of(new PatLayout(types)) : Optional.empty();
  }

  /** The entries of a pat_memtype_list; none if the file has none. */
  static List<TrackedTypes.Entry> entries(SideContent content) {
    List<TrackedTypes.Entry> entries = new ArrayList<>();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.length() > 512) {
        continue;
      }
      Matcher matcher = NEW.matcher(line);
      boolean isNew = matcher.matches();
      if (!isNew) {
        matcher = OLD.matcher(line);
      }
      if (isNew || matcher.matches()) {
        content.requireRoom(entries.size());
        long start = content.address(i + 1, matcher.group(isNew ? 1 : 2));
        long end = content.address(i + 1, matcher.group(isNew ? 2 : 3));
        if (end <= start) {
          throw content.invalid(i + 1, "ends at 0x%x, before it begins".formatted(end));
        }
        CacheType type = type(matcher.group(isNew ? 3 : 1));
        entries.add(new TrackedTypes.Entry(start, Math.min(end, Pages.ADDRESS_LIMIT), type));
      }
    }
    return entries;
  }

  /** The names from cattr_name, which prints "broken" for all others. */
  private static CacheType type(String word) {
    return switch (word) {
      case "uncached" -> CacheType.UNCACHED;
      case "uncached-minus" -> CacheType.UNCACHED_MINUS;
      case "write-back" -> CacheType.WRITE_BACK;
      case "write-combining" -> CacheType.WRITE_COMBINING;
      case "write-through" -> CacheType.WRITE_THROUGH;
      case "write-protected" -> CacheType.WRITE_PROTECTED;
      default -> CacheType.UNKNOWN;
    };
  }
}
