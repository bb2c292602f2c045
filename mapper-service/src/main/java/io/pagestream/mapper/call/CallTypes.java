package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.MemoryCachingType;
import io.pagestream.mapper.policy.RequestedType;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Parses the type argument of a call: words of Pagestream, the system's names, or numbers. */
public final class CallTypes {
  /** Names in wdm.h; the last two are values but not types. */
  private static final Map<String, Integer> WINDOWS =
      Map.of(
          "mmnoncached", 0,
          "mmcached", 1,
          "mmwritecombined", 2,
          "mmhardwarecoherentcached", 3,
          "mmnoncachedunordered", 4,
          "mmuswccached", 5,
          "mmframebuffercached", 2,
          "mmmaximumcachetype", MemoryCachingType.MAXIMUM,
          "mmnotmapped", MemoryCachingType.MM_NOT_MAPPED);

  private static final List<String> WINDOWS_TITLES =
      List.of(
          "MmNonCached",
          "MmCached",
          "MmWriteCombined",
          "MmHardwareCoherentCached",
          "MmNonCachedUnordered",
          "MmUSWCCached");

  /** Abbreviations of x86's memory types, as in the kernel's messages. */
  private static final Map<String, RequestedType> SHORT =
      Map.of(
          "wb", RequestedType.CACHED,
          "wc", RequestedType.WRITE_COMBINED,
          "uc", RequestedType.UNCACHED,
          "uc-", RequestedType.UNCACHED_MINUS,
          "wt", RequestedType.WRITE_THROUGH,
          "wp", RequestedType.WRITE_PROTECTED);

  /** Linux's variants of ioremap (Documentation/arch/x86/pat.rst). */
  private static final Map<String, RequestedType> IOREMAP =
      Map.of(
          "ioremap", RequestedType.UNCACHED_MINUS,
          "ioremap_uc", RequestedType.UNCACHED,
          "ioremap_wc", RequestedType.WRITE_COMBINED,
          "ioremap_wt", RequestedType.WRITE_THROUGH,
          "ioremap_cache", RequestedType.CACHED);

  private CallTypes() {}

  /**
   * Parses the argument. A number or a name that the routine refuses is parsed nevertheless: the
   * refusal is the answer.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} for a word that means nothing
   */
  public static CallType parse(Routine routine, String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (routine) {
      case MM_MAP_IO_SPACE, MM_MAP_LOCKED_PAGES -> cachingType(word);
      case MM_MAP_IO_SPACE_EX -> PageProtection.parse(word, named(word));
      case MM_COPY_MEMORY -> CopyFlags.parse(word, named(word));
      case IOREMAP -> ioremap(word);
      case MEMREMAP -> memremap(word);
      case MAPPING -> {
        RequestedType type = require(word, named(word));
        int number = CachePolicies.named(CachePolicies.STRICT).typeNumber(type);
        yield new CallType(type.word(), number, type.cacheType(), true);
      }
    };
  }

  /** The types that can be requested from a routine, safe ones for reading memory first. */
  static List<CallType> choices(Routine routine) {
    List<String> words =
        switch (routine) {
          case MM_MAP_IO_SPACE, MM_MAP_IO_SPACE_EX, MM_MAP_LOCKED_PAGES, MAPPING ->
              List.of("cached", "write-combined", "uncached");
          case MM_COPY_MEMORY -> List.of("physical");
          case IOREMAP -> List.of("ioremap_cache", "ioremap_wc", "ioremap", "ioremap_wt");
          case MEMREMAP -> List.of("memremap_wb", "memremap_wc", "memremap_wt");
        };
    return words.stream().map(word -> parse(routine, word)).toList();
  }

  private static CallType cachingType(String word) {
    Integer known = WINDOWS.get(word);
    OptionalInt number = known == null ? number(word) : OptionalInt.of(known);
    if (number.isPresent()) {
      return cachingType(number.getAsInt());
    }
    RequestedType type = require(word, named(word));
    return cachingType(CachePolicies.named(CachePolicies.WINDOWS).typeNumber(type));
  }

  private static CallType cachingType(int number) {
    Optional<MemoryCachingType> type = MemoryCachingType.of(number);
    String title =
        type.map(found -> WINDOWS_TITLES.get(found.value())).orElse("invalid MEMORY_CACHING_TYPE");
    if (type.isEmpty() || type.get().value() != number) {
      title += " (%s)".formatted(number < 0 ? number : "0x" + Integer.toHexString(number));
    }
    return new CallType(
        title,
        number,
        type.map(found -> found.attribute().cacheType()).orElse(CacheType.UNKNOWN),
        type.isPresent());
  }

  private static CallType ioremap(String word) {
    RequestedType type = IOREMAP.get(word);
    if (type == null) {
      type = require(word, named(word));
    }
    RequestedType asked = type;
    String title =
        IOREMAP.entrySet().stream()
            .filter(entry -> entry.getValue().cacheType() == asked.cacheType())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("ioremap_prot, " + asked.word());
    return linux(title, asked, true);
  }

  private static CallType memremap(String word) {
    RequestedType type =
        switch (word) {
          case "memremap_wb" -> RequestedType.CACHED;
          case "memremap_wc" -> RequestedType.WRITE_COMBINED;
          case "memremap_wt" -> RequestedType.WRITE_THROUGH;
          default -> require(word, named(word));
        };
    return switch (type.cacheType()) {
      case WRITE_BACK -> linux("MEMREMAP_WB", type, true);
      case WRITE_COMBINING -> linux("MEMREMAP_WC", type, true);
      case WRITE_THROUGH -> linux("MEMREMAP_WT", type, true);
      default -> linux(type.word(), type, false);
    };
  }

  private static CallType linux(String title, RequestedType type, boolean valid) {
    int number = CachePolicies.named(CachePolicies.LINUX).typeNumber(type);
    return new CallType(title, number, type.cacheType(), valid);
  }

  /** A number of 32 bits, with or without sign. */
  static OptionalInt number(String word) {
    try {
      long value = Long.decode(word);
      return value >= Integer.MIN_VALUE && value <= 0xffff_ffffL
          ? OptionalInt.of((int) value)
          : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static Optional<RequestedType> named(String word) {
    RequestedType abbreviated = SHORT.get(word);
    return abbreviated != null
        ? Optional.of(abbreviated)
        : Arrays.stream(RequestedType.values())
            .filter(type -> type.word().equals(word))
            .findFirst();
  }

  static RequestedType require(String word, Optional<RequestedType> type) {
    return type.orElseThrow(() ->
        PagestreamException.of(
            ErrorCode.USAGE,
            "there is no type '" + word + "' for this routine",
            "give a cache type (cached, uncached, write-combined, …), the system's name for it,"
                + " or its number"));
  }
}
