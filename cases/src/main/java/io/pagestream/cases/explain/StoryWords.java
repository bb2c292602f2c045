package io.pagestream.cases.explain;

import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.ledger.Unseen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains the terms of the records in sentences. */
final class StoryWords {
  /** Hazards that are described in {@code docs/cache-policy.md}. */
  private static final Map<String, String> HAZARDS =
      Map.of(
          "unlocked",
              "the page is not known to be locked in memory: while a driver reads it, the system"
                  + " may use it for something else (bug check 0x1A, subcode 0x1233)",
          "inconsistent-map",
              "a large page should always be cached, but this one is not: the system's own map"
                  + " contradicts itself",
          "cache-alias",
              "it is mapped twice with different cache types: data written through one mapping may"
                  + " not be visible through the other",
          "membership-unknown",
              "no source says whether the page is memory: if it is not, the system may answer"
                  + " differently",
          "type-unknown",
              "no source has the page's cache type: if it has another than the requested one, that"
                  + " one stays");

  private StoryWords() {}

  static String source(RangeProvenance provenance) {
    return switch (provenance) {
      case CONTAINER -> "the image's container";
      case SIDE_FILE -> "a sidecar given with the image";
      case KERNEL_RECORDS -> "the records of the kernel in the image";
      case PAGE_TABLES -> "the page tables in the image";
      case DEFAULT -> "default";
      case UNKNOWN -> "unknown";
    };
  }

  static String kind(RangeKind kind) {
    return switch (kind) {
      case RAM -> "RAM";
      case DEVICE -> "device memory";
      case FRAME_BUFFER -> "a frame buffer";
      case FIRMWARE_RESERVED -> "memory reserved by the firmware";
      case ACPI -> "ACPI tables";
      case PERSISTENT -> "persistent memory";
      case UNKNOWN -> "memory of unknown kind";
    };
  }

  static String type(CacheType type) {
    return switch (type) {
      case UNKNOWN -> "no known type";
      case NOT_ESTABLISHED -> "none established yet";
      default -> Words.of(type);
    };
  }

  static String content(PageContent content) {
    return switch (content) {
      case BYTES -> "the image has its bytes, and they are not all zero";
      case DOUBTFUL ->
          "the image has bytes for it, but they or their address may be wrong (see the doubts)";
      case ZERO -> "the image has its bytes, and all of them are zero";
      case EXCLUDED -> "the image marks the page as intentionally left out";
      case UNREADABLE -> "the image should contain it, but is truncated or damaged there";
    };
  }

  static String mappings(Mapping mapping) {
    return mapping.mappings() == 0
        ? "no mapping was found under the page-table roots that the image names"
        : mappings(mapping.mappings(), mapping.cacheTypes());
  }

  static String mappings(int mappings, List<CacheType> cacheTypes) {
    String count =
        mappings == 1
            ? "one mapping"
            : (mappings == Mapping.MANY ? "at least " : "")
                + Quantities.count(mappings)
                + " mappings";
    String types = String.join(" and ", cacheTypes.stream().map(StoryWords::type).toList());
    return count + (cacheTypes.size() > 1 ? ", with conflicting types: " : ": ") + types;
  }

  static String unseen(Unseen reason) {
    return switch (reason) {
      case EXCLUDED -> "none: the page was left out of the image";
      case UNREADABLE -> "none: the page could not be read";
      case ABSENT -> "none: no run contained the page";
      case WITHHELD -> "none: the page was refused, and --skip-refused was given";
      case FAILED -> "none: its run was lost, or every analyzer failed on it";
    };
  }

  /** A hazard in words; empty if it is not known to this version. */
  static Optional<String> hazard(String hazard) {
    return Optional.ofNullable(HAZARDS.get(hazard));
  }
}
