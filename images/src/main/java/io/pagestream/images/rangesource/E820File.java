package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The firmware's memory map as Linux prints it: {@code BIOS-e820: [mem 0x…-0x…] usable} in the
 * kernel log, the end inclusive (arch/x86/kernel/e820.c, e820__print_table); {@code BIOS-e820: … -
 * … (usable)} before 3.5, the end exclusive; or the {@code start end type} of each entry of {@code
 * /sys/firmware/memmap} on a line, the end inclusive. All other lines of a log are skipped,
 * including printouts of the table after the user ({@code user:}) or the kernel ({@code modified:})
 * changed it, unless there is no other.
 */
final class E820File {
  private static final Pattern NEW =
      Pattern.compile("(?i)([\\w-]+): \\[mem (0x[0-9a-f]{1,16})-(0x[0-9a-f]{1,16})\\] (\\S.*)");
  private static final Pattern OLD =
      Pattern.compile("(?i)([\\w-]+): ([0-9a-f]{1,16}) - ([0-9a-f]{1,16}) \\((.*)\\)");
  private static final Pattern MEMMAP =
      Pattern.compile("(?i)(0x[0-9a-f]{1,16})\\s+(0x[0-9a-f]{1,16})\\s+(\\S.*)");

  /** The origin of a printout: firmware's own table first, then the modified one. */
  private static final List<String> TABLES =
      List.of("bios-e820", "efi-e820", "xen", "user", "modified");

  /** The time, level or thread before a log line's text, and prefixes added by journals. */
  private static final Pattern BEFORE =
      Pattern.compile("^(?:.*\\bkernel: ?)?(?:<\\d+>)?(?:\\[[^\\]]{0,40}\\]\\s*)?");

  private E820File() {}

  static List<Claim> read(SideContent content) {
    List<String> lines = content.lines();
    List<List<Claim>> tables = new ArrayList<>();
    TABLES.forEach(table -> tables.add(new ArrayList<>()));
    List<Claim> memmap = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.length() <= 512) { // no line of a table is longer; a hostile one may be megabytes
        read(content, i + 1, line, tables, memmap);
      }
    }
    if (!memmap.isEmpty()) {
      return memmap;
    }
    return tables.stream()
        .filter(table -> !table.isEmpty())
        .findFirst()
        .orElseThrow(() -> content.invalid("it does not contain a line of an e820 table"));
  }

  private static void read(
      SideContent content, int number, String line, List<List<Claim>> tables, List<Claim> memmap) {
    Matcher entry = MEMMAP.matcher(line);
    if (entry.matches()) {
      add(content, number, entry.group(1), entry.group(2), 1, entry.group(3), memmap);
      return;
    }
    String text = BEFORE.matcher(line).replaceFirst("").strip();
    Matcher matcher = NEW.matcher(text);
    int extra = 1;
    if (!matcher.matches()) {
      matcher = OLD.matcher(text);
      extra = 0;
      if (!matcher.matches()) {
        return;
      }
    }
    int table = TABLES.indexOf(matcher.group(1).toLowerCase(Locale.ROOT));
    if (table >= 0) {
      add(
          content,
          number,
          matcher.group(2),
          matcher.group(3),
          extra,
          matcher.group(4),
          tables.get(table));
    }
  }

  private static void add(
      SideContent content,
      int number,
      String from,
      String to,
      int extra,
      String word,
      List<Claim> claims) {
    content.requireRoom(claims.size());
    long start = content.address(number, from);
    long end = Math.min(content.address(number, to) + extra, Pages.ADDRESS_LIMIT);
    if (end < start) {
      throw content.invalid(number, "ends at 0x%x, before it begins".formatted(end));
    }
    if (end > start) {
      claims.add(Claim.of(start, end, kindOf(word.strip().toLowerCase(Locale.ROOT)), word.strip()));
    }
  }

  /** The words of e820_print_type and of /sys/firmware/memmap. */
  private static RangeKind kindOf(String word) {
    if (word.startsWith("persistent")) { // "persistent (type 7)", "persistent memory"
      return RangeKind.PERSISTENT;
    }
    RangeKind known = ResourceNames.kindOf(word);
    if (known != null) {
      return known;
    }
    return switch (word) {
      case "usable" -> RangeKind.RAM;
      case "unusable" -> RangeKind.FIRMWARE_RESERVED;
      case "acpi data", "acpi nvs" -> RangeKind.ACPI;
      default -> RangeKind.UNKNOWN; // "type 20": numbers defined by the firmware
    };
  }
}
