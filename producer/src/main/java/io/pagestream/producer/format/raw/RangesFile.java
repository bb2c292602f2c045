package io.pagestream.producer.format.raw;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.producer.format.Segment;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The side file that says which physical range lies where in a raw image: {@code {"ranges":
 * [{"physicalAddress": N, "length": N, "fileOffset": N, "kind": "ram"}]}}. Strict: a slip in it
 * would put evidence at a wrong address, so anything unknown is refused.
 */
final class RangesFile {
  private static final String SUFFIX = ".ranges.json";

  /** A side file is written by a person or a small tool; 16 MiB hold some 100,000 ranges. */
  private static final long LARGEST = 16 << 20;

  private static final Set<String> FIELDS =
      Set.of("physicalAddress", "length", "fileOffset", "kind");

  private final Path file;

  private RangesFile(Path file) {
    this.file = file;
  }

  /**
   * {@code IMAGE.ranges.json} beside the image, if there is one. For a wrapped image {@code IMAGE}
   * may also be its name without the ending of each wrapping, as it is called when unwrapped.
   */
  static Optional<Path> beside(Path image, int wrappings) {
    String name = String.valueOf(image.getFileName());
    for (int i = 0; i <= wrappings; i++) {
      Path file = image.resolveSibling(name + SUFFIX);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
      name = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    }
    return Optional.empty();
  }

  /**
   * Reads a side file.
   *
   * @return its ranges, sorted and disjoint, at least one
   * @throws PagestreamException SIDE_FILE_INVALID with what is wrong
   */
  static List<Segment> read(Path file) {
    RangesFile ranges = new RangesFile(file);
    List<Segment> segments = ranges.segments(ranges.parse());
    segments.sort(Comparator.comparingLong(Segment::start));
    for (int i = 1; i < segments.size(); i++) {
      Segment before = segments.get(i - 1);
      Segment range = segments.get(i);
      if (range.start() < before.end()) {
        throw ranges.invalid(
            "ranges %d and %d overlap at 0x%x"
                .formatted(before.number(), range.number(), range.start()));
      }
    }
    return segments;
  }

  private JsonNode parse() {
    try {
      if (Files.size(file) > LARGEST) {
        throw invalid("it is larger than %d bytes".formatted(LARGEST));
      }
      return strictJson().readTree(file.toFile());
    } catch (JacksonException e) {
      throw invalid("not JSON: " + e.getOriginalMessage()).causedBy(e);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "the side file cannot be read: " + e.getMessage(),
              "check the path and its permissions")
          .causedBy(e);
    }
  }

  /** Made when there is a side file: the parser costs more to load than most images to open. */
  private static JsonMapper strictJson() {
    return JsonMapper.builder()
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private List<Segment> segments(JsonNode root) {
    JsonNode ranges = root.path("ranges");
    if (!root.isObject() || !ranges.isArray() || ranges.isEmpty()) {
      throw invalid("it must be an object with a list 'ranges' that is not empty");
    }
    for (String name : names(root)) {
      if (!name.equals("ranges")) {
        throw invalid("unknown field '%s'".formatted(name));
      }
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      segments.add(segment(i, ranges.get(i)));
    }
    return segments;
  }

  private Segment segment(int index, JsonNode range) {
    if (!range.isObject()) {
      throw invalid("range %d is not an object".formatted(index));
    }
    for (String name : names(range)) {
      if (!FIELDS.contains(name)) {
        throw invalid("range %d: unknown field '%s'".formatted(index, name));
      }
    }
    long start = number(index, range, "physicalAddress");
    long length = number(index, range, "length");
    long offset = number(index, range, "fileOffset");
    if (length == 0) {
      throw invalid("range %d: length is 0".formatted(index));
    }
    if (length > Pages.ADDRESS_LIMIT || start > Pages.ADDRESS_LIMIT - length) {
      throw invalid("range %d: goes beyond 2^52".formatted(index));
    }
    if (start != Pages.floor(start)) {
      throw invalid("range %d: physicalAddress is no multiple of 4096".formatted(index));
    }
    if (offset > Long.MAX_VALUE / 2) {
      throw invalid("range %d: fileOffset is beyond any file".formatted(index));
    }
    return new Segment(start, start + length, offset, index, kind(index, range));
  }

  private long number(int index, JsonNode range, String name) {
    JsonNode value = range.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw invalid("range %d: %s must be a whole number of bytes".formatted(index, name));
    }
    return value.longValue();
  }

  private RangeKind kind(int index, JsonNode range) {
    String text = range.path("kind").asText("");
    for (RangeKind kind : RangeKind.values()) {
      if (nameOf(kind).equals(text)) {
        return kind;
      }
    }
    Set<String> known = new TreeSet<>();
    for (RangeKind kind : RangeKind.values()) {
      known.add(nameOf(kind));
    }
    throw invalid("range %d: kind must be one of %s".formatted(index, String.join(", ", known)));
  }

  private static String nameOf(RangeKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Iterable<String> names(JsonNode object) {
    return object::fieldNames;
  }

  private PagestreamException invalid(String what) {
    return PagestreamException.inFile(
        ErrorCode.SIDE_FILE_INVALID,
        file.toString(),
        what,
        "correct the side file; docs/ranges-side-file.md describes it");
  }
}
