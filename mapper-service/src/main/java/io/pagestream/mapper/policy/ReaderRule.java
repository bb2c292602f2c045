package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Determines how pages are requested: the facts about a range's pages, and the cache type to
 * request for them. Device memory is not requested unless enabled, because reading it can have side
 * effects up to hanging the machine. This refusal is a rule of Pagestream, not of the system, and
 * has a row number outside the profiles' tables.
 *
 * @param policy the system's rules
 * @param readDeviceMemory whether device memory is requested
 * @param requests cache types to request; the policy must support them
 */
public record ReaderRule(CachePolicy policy, boolean readDeviceMemory, Requests requests) {
  /** Row of Pagestream's own refusal; the profiles' tables have far lower numbers. */
  public static final int DEVICE_NOT_READ_ROW = 100;

  /** Reason of Pagestream's own refusal. */
  public static final String DEVICE_NOT_READ = "device-memory-not-read";

  /**
   * Checks that the system supports all requested types.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it does not
   */
  public ReaderRule {
    requests.byKind().values().forEach(policy::typeNumber);
  }

  /** A rule with safe defaults. */
  public ReaderRule(CachePolicy policy, boolean readDeviceMemory) {
    this(policy, readDeviceMemory, Requests.CAREFUL);
  }

  /**
   * Judges {@code sizeBytes} bytes from {@code physicalAddress}, inside {@code range} and between
   * two of the policy's borders: the verdict is the same for each page.
   */
  public Verdict judge(AddressRange range, long physicalAddress, long sizeBytes) {
    return judge(range.getKind(), RangeFacts.of(range), physicalAddress, sizeBytes);
  }

  /** Judges one page of a range. */
  public Verdict judgePage(AddressRange range, long physicalAddress) {
    return judge(range, physicalAddress, Pages.SIZE);
  }

  /** Judges one page of a range for which the image's page tables have information. */
  public Verdict judgePage(AddressRange range, MappingSpan tables, long physicalAddress) {
    PageFacts facts = RangeFacts.of(range, tables);
    return judge(RangeFacts.kindAsMapped(range, tables), facts, physicalAddress, Pages.SIZE);
  }

  private Verdict judge(RangeKind kind, PageFacts facts, long physicalAddress, long sizeBytes) {
    RequestedType requested = requested(kind, facts.established());
    if (kind == RangeKind.DEVICE && !readDeviceMemory) {
      return new Verdict(
          VerdictKind.REFUSED,
          DEVICE_NOT_READ_ROW,
          DEVICE_NOT_READ,
          requested.cacheType(),
          facts.established(),
          CacheType.UNKNOWN,
          List.of());
    }
    return policy.judge(
        facts, new MappingRequest(physicalAddress, sizeBytes, policy.typeNumber(requested)));
  }

  /**
   * A mapping of pages that are already mapped requests the existing type, because any other type
   * conflicts. Memory and frame buffers are requested with their proper type, so that a page with a
   * different mapping is reported as overridden.
   */
  private RequestedType requested(RangeKind kind, CacheType established) {
    return asMapped(kind)
        ? policy.requestFor(established).orElse(requests.of(kind))
        : requests.of(kind);
  }

  private boolean asMapped(RangeKind kind) {
    return switch (kind) {
      case RAM, UNKNOWN, FRAME_BUFFER -> false;
      case DEVICE, FIRMWARE_RESERVED, ACPI, PERSISTENT -> !requests.byKind().containsKey(kind);
    };
  }

  /** The effective settings, by the names of the options. */
  public SortedMap<String, String> choices() {
    SortedMap<String, String> choices = new TreeMap<>(policy.choices());
    choices.put("profile", policy.name());
    choices.put("read-device-memory", Boolean.toString(readDeviceMemory));
    for (RangeKind kind : RangeKind.values()) {
      String word = requests.of(kind).word();
      choices.put(
          "request." + Requests.word(kind), asMapped(kind) ? "as mapped, else " + word : word);
    }
    return choices;
  }
}
