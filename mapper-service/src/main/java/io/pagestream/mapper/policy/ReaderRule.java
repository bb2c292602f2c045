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
 * How a forensic reader asks: what it takes a range's pages to be, and which cache type it requests
 * for them. Device memory it does not ask for at all unless told to, since reading it can have side
 * effects up to hanging the machine; that refusal is the reader's own, not the system's, and has a
 * row number outside the profiles' tables.
 *
 * @param policy the system's rules
 * @param readDeviceMemory whether device memory is asked for
 * @param requests cache types that are asked for; the policy must have them
 */
public record ReaderRule(CachePolicy policy, boolean readDeviceMemory, Requests requests) {
  /** Row of the reader's own refusal; the profiles' tables end far below. */
  public static final int DEVICE_NOT_READ_ROW = 100;

  /** Reason of the reader's own refusal. */
  public static final String DEVICE_NOT_READ = "device-memory-not-read";

  /**
   * Makes sure that the system has all types that are asked for.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it has not
   */
  public ReaderRule {
    requests.byKind().values().forEach(policy::typeNumber);
  }

  /** A reader that asks carefully. */
  public ReaderRule(CachePolicy policy, boolean readDeviceMemory) {
    this(policy, readDeviceMemory, Requests.CAREFUL);
  }

  /**
   * Judges {@code sizeBytes} bytes from {@code physicalAddress}, which lie in {@code range} and
   * between two of the policy's borders: one page or many, the verdict is the same for each.
   */
  public Verdict judge(AddressRange range, long physicalAddress, long sizeBytes) {
    return judge(range.getKind(), RangeFacts.of(range), physicalAddress, sizeBytes);
  }

  /** Judges one page of a range. */
  public Verdict judgePage(AddressRange range, long physicalAddress) {
    return judge(range, physicalAddress, Pages.SIZE);
  }

  /** Judges one page of a range of which the image's page tables say something. */
  public Verdict judgePage(AddressRange range, MappingSpan tables, long physicalAddress) {
    return judge(range.getKind(), RangeFacts.of(range, tables), physicalAddress, Pages.SIZE);
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
   * Whoever maps what others have mapped asks for the type that it has: any other conflicts. Memory
   * and frame buffers are asked for as they should be, so that a page that is mapped otherwise
   * shows as overridden.
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

  /** The choices in force, by the names of the options that make them. */
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
