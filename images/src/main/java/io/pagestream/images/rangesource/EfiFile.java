package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The EFI memory map: as Linux prints it with {@code efi=debug} ({@code efi: mem00: [Conventional
 * …] range=[0x…-0x…] (1MB)}; before 4.1 with {@code type=7, attr=0xf}; an end before a round
 * bracket is exclusive, before a square one inclusive), or as provided by firmware: an array of
 * EFI_MEMORY_DESCRIPTORs (UEFI specification, 7.2.3): type at 0 (4 bytes), physical start at 8,
 * pages of 4 KiB at 24.
 */
final class EfiFile {
  private static final Pattern LINE =
      Pattern.compile(
          "efi: mem\\d+: (?:\\[([^|\\]]{1,40})[^\\]]{0,120}\\]|type=(\\d{1,10}), attr=0x[0-9a-f]{1,16},)"
              + " range=\\[(0x[0-9a-f]{1,16})-(0x[0-9a-f]{1,16})([])])");

  /** Bytes from one descriptor to the next: firmware uses 48, the size of the structure is 40. */
  private static final List<Integer> STRIDES = List.of(48, 40, 56, 64);

  private EfiFile() {}

  static List<Claim> read(SideContent content) {
    return content.isText() ? text(content) : binary(content);
  }

  private static List<Claim> text(SideContent content) {
    List<Claim> claims = new ArrayList<>();
    List<String> lines = content.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int at = line.length() <= 1024 ? line.indexOf("efi: mem") : -1;
      Matcher matcher = LINE.matcher(at < 0 ? "" : line.substring(at));
      if (matcher.lookingAt()) {
        content.requireRoom(claims.size());
        add(content, i + 1, matcher, claims);
      }
    }
    if (claims.isEmpty()) {
      throw content.invalid("it has no line 'efi: memNN: … range=[…]'; boot with efi=debug");
    }
    return claims;
  }

  private static void add(SideContent content, int line, Matcher matcher, List<Claim> claims) {
    String name = matcher.group(1) == null ? "" : matcher.group(1).strip();
    Optional<EfiType> type =
        matcher.group(1) != null
            ? EfiType.named(name)
            : EfiType.of(Long.parseLong(matcher.group(2)));
    long start = content.address(line, matcher.group(3));
    long last = content.address(line, matcher.group(4));
    long end = Math.min(matcher.group(5).equals("]") ? last + 1 : last, Pages.ADDRESS_LIMIT);
    if (end < start) {
      throw content.invalid(line, "ends at 0x%x, before it begins".formatted(end));
    }
    if (end > start) {
      String otherwise = name.isEmpty() ? "type " + matcher.group(2) : name;
      claims.add(claim(start, end, type, otherwise));
    }
  }

  private static Claim claim(long start, long end, Optional<EfiType> type, String otherwise) {
    return Claim.of(
        start,
        end,
        type.map(EfiType::kind).orElse(RangeKind.UNKNOWN),
        type.map(EfiType::word).orElse(otherwise));
  }

  private static List<Claim> binary(SideContent content) {
    for (int stride : STRIDES) {
      if (content.bytes().length % stride == 0 && isPlausible(content.bytes(), stride)) {
        return descriptors(content, stride);
      }
    }
    throw content.invalid("it is neither text nor an array of EFI_MEMORY_DESCRIPTOR");
  }

  /** Types from the specification or the OEM's and OS vendor's, aligned starts, sane lengths. */
  private static boolean isPlausible(byte[] bytes, int stride) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; at += stride) {
      long type = buffer.getInt(at) & 0xffffffffL;
      long start = buffer.getLong(at + 8);
      long pages = buffer.getLong(at + 24);
      boolean plausible =
          (EfiType.of(type).isPresent() || type >= 0x70000000L)
              && start == Pages.floor(start)
              && start >= 0
              && start < Pages.ADDRESS_LIMIT
              && pages >= 0
              && pages <= Pages.frameNumber(Pages.ADDRESS_LIMIT - start);
      if (!plausible) {
        return false;
      }
    }
    return true;
  }

  private static List<Claim> descriptors(SideContent content, int stride) {
    ByteBuffer buffer = ByteBuffer.wrap(content.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    List<Claim> claims = new ArrayList<>();
    for (int at = 0; at < content.bytes().length; at += stride) {
      long number = buffer.getInt(at) & 0xffffffffL;
      long start = buffer.getLong(at + 8);
      long end = start + Pages.address(buffer.getLong(at + 24));
      Optional<EfiType> type = EfiType.of(number);
      content.requireRoom(claims.size());
      if (end > start) {
        claims.add(claim(start, end, type, "type 0x%x".formatted(number)));
      }
    }
    return claims;
  }
}
