package io.pagestream.images.rangesource;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sidecar in our JSON format: positions of physical ranges in a raw image, and the kind of each
 * range, in the image or not: {@code {"ranges": [{"physicalAddress": N, "length": N, "fileOffset":
 * N, "kind": "ram", "name": "…", "cache": "write-back"}]}}; the last two are optional, and so is
 * fileOffset for ranges that are not in a raw image. Strict: an error in it would put evidence at a
 * wrong address, so anything unknown is rejected.
 */
public final class RangesJson {
  private static final Set<String> FIELDS =
      Set.of("physicalAddress", "length", "fileOffset", "kind", "name", "cache");

  /** The possible types of a page; the two unknown states are expressed by omitting the field. */
  private static final Set<CacheType> CACHE_TYPES =
      Set.of(
          CacheType.UNCACHED,
          CacheType.UNCACHED_MINUS,
          CacheType.WRITE_COMBINING,
          CacheType.WRITE_THROUGH,
          CacheType.WRITE_PROTECTED,
          CacheType.WRITE_BACK);

  private final SideContent content;

  private RangesJson(SideContent content) {
    this.content = content;
  }

  /**
   * One range.
   *
   * @param index its position in the file, from 0
   * @param fileOffset offset of its first byte in a raw image, if it has one
   * @param claim its claim
   */
  public record Entry(int index, OptionalLong fileOffset, Claim claim) {}

  /**
   * Reads a sidecar.
   *
   * @return its ranges, sorted and disjoint, at least one
   * @throws PagestreamException SIDE_FILE_INVALID with the problem
   */
  public static List<Entry> read(Path file) {
    return read(SideContent.of(file));
  }

  static List<Entry> read(SideContent content) {
    RangesJson json = new RangesJson(content);
    List<Entry> entries = json.entries(json.parse());
    entries.sort(Comparator.comparingLong(entry -> entry.claim().start()));
    for (int i = 1; i < entries.size(); i++) {
      Entry before = entries.get(i - 1);
      Entry range = entries.get(i);
      if (range.claim().start() < before.claim().end()) {
        throw content.invalid(
            "ranges %d and %d overlap at 0x%x"
                .formatted(before.index(), range.index(), range.claim().start()));
      }
    }
    return entries;
  }

  private JsonNode parse() {
    try {
      // Created only if there is a sidecar: loading the parser takes longer than opening most
      // images.
      return JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readTree(content.bytes());
    } catch (JacksonException e) {
      throw content.invalid("not JSON: " + e.getOriginalMessage()).causedBy(e);
    } catch (IOException e) {
      throw content.invalid("not JSON: " + e.getMessage()).causedBy(e);
    }
  }

  private List<Entry> entries(JsonNode root) {
    JsonNode ranges = root.path("ranges");
    if (!root.isObject() || !ranges.isArray() || ranges.isEmpty()) {
      throw content.invalid("it must be an object with a non-empty list 'ranges'");
    }
    for (String name : names(root)) {
      if (!name.equals("ranges")) {
        throw content.invalid("unknown field '%s'".formatted(name));
      }
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      content.requireRoom(entries.size());
      entries.add(entry(i, ranges.get(i)));
    }
    return entries;
  }

  private Entry entry(int index, JsonNode range) {
    if (!range.isObject()) {
      throw invalid(index, "is not an object");
    }
    for (String name : names(range)) {
      if (!FIELDS.contains(name)) {
        throw invalid(index, "unknown field '%s'".formatted(name));
      }
    }
    long start = number(index, range, "physicalAddress");
    long length = number(index, range, "length");
    OptionalLong offset =
        range.has("fileOffset")
            ? OptionalLong.of(number(index, range, "fileOffset"))
            : OptionalLong.empty();
    if (length == 0) {
      throw invalid(index, "length is 0");
    }
    if (length > Pages.ADDRESS_LIMIT || start > Pages.ADDRESS_LIMIT - length) {
      throw invalid(index, "goes beyond 2^52");
    }
    if (start != Pages.floor(start)) {
      throw invalid(index, "physicalAddress is not a multiple of 4096");
    }
    if (offset.isPresent() && offset.getAsLong() > Long.MAX_VALUE / 2) {
      throw invalid(index, "fileOffset is beyond any file");
    }
    Claim claim =
        new Claim(
            start, start + length, 0, kind(index, range), name(index, range), cache(index, range));
    return new Entry(index, offset, claim);
  }

  private long number(int index, JsonNode range, String name) {
    JsonNode value = range.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw invalid(index, name + " must be a whole number of bytes");
    }
    return value.longValue();
  }

  private RangeKind kind(int index, JsonNode range) {
    return constant(index, range, "kind", Set.of(RangeKind.values()));
  }

  private CacheType cache(int index, JsonNode range) {
    return range.has("cache") ? constant(index, range, "cache", CACHE_TYPES) : CacheType.UNKNOWN;
  }

  private String name(int index, JsonNode range) {
    JsonNode name = range.path("name");
    if (!name.isMissingNode() && !name.isTextual()) {
      throw invalid(index, "name must be a string");
    }
    return name.asText("");
  }

  private <E extends Enum<E>> E constant(
      int index, JsonNode range, String field, Set<E> constants) {
    String text = range.path(field).asText("");
    Set<String> known = new TreeSet<>();
    for (E constant : constants) {
      String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equals(text)) {
        return constant;
      }
      known.add(word);
    }
    throw invalid(index, "%s must be one of %s".formatted(field, String.join(", ", known)));
  }

  private static Iterable<String> names(JsonNode object) {
    return object::fieldNames;
  }

  private PagestreamException invalid(int index, String what) {
    return content.invalid("range %d: %s".formatted(index, what));
  }
}
