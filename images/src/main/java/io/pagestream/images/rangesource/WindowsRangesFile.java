package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of memory ranges from Windows, in any of its forms: the array of PHYSICAL_MEMORY_RANGE
 * that MmGetPhysicalMemoryRanges returns (base and length, 8 bytes each, ended by zeros: WDK,
 * ntddk.h); a listing of bases and lengths as text; or the registry's value, see {@link
 * ResourceList}.
 */
final class WindowsRangesFile {
  private static final String NAME = "Physical Memory";
  private static final int ELEMENT = 16;

  /** WinPmem prints {@code Start 0x1000 - Length 0x9e000}; a minus alone would be ambiguous. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:start|base(?:address)?)?\\s*[=:]?\\s*(0x[0-9a-f]{1,16})\\s*"
              + "(?:[,;]?-?\\s*(?:length|size|numberofbytes|bytes)\\s*[=:]?|[,;]|\\s)\\s*"
              + "(0x[0-9a-f]{1,16})");

  private WindowsRangesFile() {}

  static List<Claim> read(SideContent content) {
    if (!content.isText()) {
      byte[] bytes = content.bytes();
      // A range begins with an aligned address, a resource list with a small count.
      boolean array =
          bytes.length >= ELEMENT
              && (bytes[0] == 0 && (bytes[1] & 0xf) == 0)
              && bytes.length % ELEMENT == 0;
      return array ? array(content) : ResourceList.read(content, bytes);
    }
    String text = content.text();
    return RegistryText.isOne(text)
        ? ResourceList.read(content, RegistryText.value(content, text))
        : listing(content);
  }

  private static List<Claim> array(SideContent content) {
    ByteBuffer buffer = ByteBuffer.wrap(content.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    List<Claim> claims = new ArrayList<>();
    boolean ended = false;
    while (buffer.hasRemaining()) {
      int at = buffer.position();
      long base = buffer.getLong();
      long length = buffer.getLong();
      if (base == 0 && length == 0) {
        ended = true;
      } else if (ended) {
        throw content.invalidAt(at, "there is a range after the zeros that terminate the list");
      } else {
        add(content, "range at offset 0x%x".formatted(at), base, length, claims);
      }
    }
    if (!ended || claims.isEmpty()) {
      throw content.invalid(
          ended ? "the list is empty" : "the list is truncated: it has no zeros at its end");
    }
    return claims;
  }

  private static List<Claim> listing(SideContent content) {
    List<Claim> claims = new ArrayList<>();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip().toLowerCase(Locale.ROOT);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line.length() > 256 ? "" : line);
      if (matcher.matches()) {
        add(
            content,
            "line %d".formatted(i + 1),
            content.address(i + 1, matcher.group(1)),
            content.address(i + 1, matcher.group(2)),
            claims);
      } else if (line.contains("0x")) {
        throw content.invalid(i + 1, "write each range as '0xBASE 0xBYTES'");
      }
    }
    if (claims.isEmpty()) {
      throw content.invalid("it has no line '0xBASE 0xBYTES'");
    }
    return claims;
  }

  /** Adds a range of memory; shared by all forms. */
  static void add(SideContent content, String where, long base, long length, List<Claim> claims) {
    content.requireRoom(claims.size());
    boolean possible =
        base >= 0
            && base < Pages.ADDRESS_LIMIT
            && base == Pages.floor(base)
            && length > 0
            && length <= Pages.ADDRESS_LIMIT - base;
    if (!possible) {
      throw content.invalid("%s: base 0x%x, length 0x%x".formatted(where, base, length));
    }
    claims.add(Claim.of(base, base + length, RangeKind.RAM, NAME));
  }
}
