package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.RequestedType;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The flags of MmCopyMemory: exactly one of MM_COPY_MEMORY_PHYSICAL and MM_COPY_MEMORY_VIRTUAL
 * (Microsoft's documentation; values: ntddk.h). The routine takes no cache type; one that is given
 * means a copy of physical memory.
 */
final class CopyFlags {
  private static final int PHYSICAL = 1;
  private static final int VIRTUAL = 2;

  private CopyFlags() {}

  static CallType parse(String word, Optional<RequestedType> cacheType) {
    OptionalInt number = CallTypes.number(word);
    if (number.isPresent()) {
      return of(number.getAsInt());
    }
    return switch (word) {
      case "physical", "mm_copy_memory_physical" -> of(PHYSICAL);
      case "virtual", "mm_copy_memory_virtual" -> of(VIRTUAL);
      default -> {
        if (cacheType.isEmpty() && !word.startsWith("mm")) {
          throw PagestreamException.of(
              ErrorCode.USAGE,
              "'" + word + "' are no flags of MmCopyMemory",
              "give physical or virtual");
        }
        yield of(PHYSICAL);
      }
    };
  }

  static CallType of(int flags) {
    return switch (flags) {
      case PHYSICAL -> new CallType("MM_COPY_MEMORY_PHYSICAL", flags, CacheType.UNKNOWN, true);
      case VIRTUAL -> new CallType("MM_COPY_MEMORY_VIRTUAL", flags, CacheType.UNKNOWN, true);
      default ->
          new CallType("flags 0x" + Integer.toHexString(flags), flags, CacheType.UNKNOWN, false);
    };
  }
}
