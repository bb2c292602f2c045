package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cache types to request, by range kind. Kinds that are not listed have safe defaults: memory
 * cached, devices uncached, frame buffers write-combined.
 *
 * @param byKind deviations from the defaults
 */
public record Requests(Map<RangeKind, RequestedType> byKind) {
  /** Only defaults. */
  public static final Requests CAREFUL = new Requests(Map.of());

  /** Copies its map. */
  public Requests {
    EnumMap<RangeKind, RequestedType> copy = new EnumMap<>(RangeKind.class);
    copy.putAll(byKind);
    byKind = Collections.unmodifiableMap(copy);
  }

  /**
   * Parses requests in the form used on the command line: {@code TYPE} for memory (RAM, and ranges
   * of unknown kind), {@code KIND=TYPE} for one kind; a later request replaces an earlier one.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is no such kind or type
   */
  public static Requests parse(List<String> requests) {
    EnumMap<RangeKind, RequestedType> byKind = new EnumMap<>(RangeKind.class);
    for (String request : requests) {
      int equals = request.indexOf('=');
      RequestedType type = RequestedType.named(request.substring(equals + 1));
      if (equals >= 0) {
        byKind.put(kind(request.substring(0, equals)), type);
      } else {
        byKind.put(RangeKind.RAM, type);
        byKind.put(RangeKind.UNKNOWN, type);
      }
    }
    return new Requests(byKind);
  }

  private static RangeKind kind(String word) {
    for (RangeKind kind : RangeKind.values()) {
      if (word(kind).equals(word)) {
        return kind;
      }
    }
    throw PagestreamException.of(
        ErrorCode.USAGE,
        "there is no range kind '" + word + "'",
        "choose one of: "
            + Arrays.stream(RangeKind.values())
                .map(Requests::word)
                .collect(Collectors.joining(", ")));
  }

  /** A kind's name on the command line, for example {@code frame-buffer}. */
  static String word(RangeKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The requested type for ranges of a kind. */
  public RequestedType of(RangeKind kind) {
    return byKind.getOrDefault(kind, careful(kind));
  }

  private static RequestedType careful(RangeKind kind) {
    return switch (kind) {
      case RAM, ACPI, PERSISTENT, UNKNOWN -> RequestedType.CACHED;
      case DEVICE, FIRMWARE_RESERVED -> RequestedType.UNCACHED;
      case FRAME_BUFFER -> RequestedType.WRITE_COMBINED;
    };
  }
}
