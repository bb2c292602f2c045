package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.RequestedType;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * The page protection of MmMapIoSpaceEx: exactly one kind of access, and at most one of
 * PAGE_NOCACHE and PAGE_WRITECOMBINE; neither means cached (Microsoft's documentation of
 * MmMapIoSpaceEx; values: winnt.h).
 */
final class PageProtection {
  private static final int NOCACHE = 0x200;
  private static final int WRITECOMBINE = 0x400;

  /** PAGE_READONLY, READWRITE, EXECUTE, EXECUTE_READ and EXECUTE_READWRITE. */
  private static final int ACCESS = 0x02 | 0x04 | 0x10 | 0x20 | 0x40;

  private static final int READWRITE = 0x04;
  private static final Map<String, Integer> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put("PAGE_NOACCESS", 0x01);
    FLAGS.put("PAGE_READONLY", 0x02);
    FLAGS.put("PAGE_READWRITE", READWRITE);
    FLAGS.put("PAGE_WRITECOPY", 0x08);
    FLAGS.put("PAGE_EXECUTE", 0x10);
    FLAGS.put("PAGE_EXECUTE_READ", 0x20);
    FLAGS.put("PAGE_EXECUTE_READWRITE", 0x40);
    FLAGS.put("PAGE_EXECUTE_WRITECOPY", 0x80);
    FLAGS.put("PAGE_GUARD", 0x100);
    FLAGS.put("PAGE_NOCACHE", NOCACHE);
    FLAGS.put("PAGE_WRITECOMBINE", WRITECOMBINE);
  }

  private PageProtection() {}

  static CallType parse(String word, Optional<RequestedType> cacheType) {
    OptionalInt number = CallTypes.number(word);
    if (number.isPresent()) {
      return of(number.getAsInt());
    }
    if (word.startsWith("page_")) {
      int all = 0;
      for (String part : word.split("\\|", -1)) {
        all |= flag(part.strip());
      }
      return of(all);
    }
    RequestedType type = CallTypes.require(word, cacheType);
    return switch (type.cacheType()) {
      case WRITE_BACK -> of(READWRITE);
      case UNCACHED -> of(READWRITE | NOCACHE);
      case WRITE_COMBINING -> of(READWRITE | WRITECOMBINE);
      default ->
          throw PagestreamException.of(
              ErrorCode.USAGE,
              "Windows has no cache type '" + type.word() + "'",
              "request another type, or choose a call of Linux");
    };
  }

  private static int flag(String name) {
    for (Map.Entry<String, Integer> flag : FLAGS.entrySet()) {
      if (flag.getKey().equalsIgnoreCase(name)) {
        return flag.getValue();
      }
    }
    throw PagestreamException.of(
        ErrorCode.USAGE,
        "there is no page protection '" + name + "'",
        "combine with '|': " + String.join(", ", FLAGS.keySet()));
  }

  static CallType of(int protect) {
    int cache = protect & (NOCACHE | WRITECOMBINE);
    boolean valid =
        Integer.bitCount(protect & ACCESS) == 1
            && (protect & ~(ACCESS | NOCACHE | WRITECOMBINE)) == 0
            && Integer.bitCount(cache) <= 1;
    CacheType requested = CacheType.UNKNOWN;
    if (valid) {
      requested =
          switch (cache) {
            case NOCACHE -> CacheType.UNCACHED;
            case WRITECOMBINE -> CacheType.WRITE_COMBINING;
            default -> CacheType.WRITE_BACK;
          };
    }
    return new CallType(title(protect), protect, requested, valid);
  }

  private static String title(int protect) {
    StringJoiner names = new StringJoiner(" | ");
    int left = protect;
    for (Map.Entry<String, Integer> flag : FLAGS.entrySet()) {
      if ((protect & flag.getValue()) != 0) {
        names.add(flag.getKey());
        left &= ~flag.getValue();
      }
    }
    if (left != 0 || protect == 0) {
      names.add("0x" + Integer.toHexString(left));
    }
    return names.toString();
  }
}
