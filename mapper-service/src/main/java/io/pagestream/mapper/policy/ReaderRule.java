package io.pagestream.mapper.policy;

import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * How a forensic reader asks: what it takes a range's pages to be, and which cache type it requests
 * for them. Device memory it does not ask for at all unless told to, since reading it can have side
 * effects up to hanging the machine; that refusal is the reader's own, not the system's, and has a
 * row number outside the profiles' tables.
 *
 * @param policy the system's rules
 * @param readDeviceMemory whether device memory is asked for
 */
public record ReaderRule(CachePolicy policy, boolean readDeviceMemory) {
  /** Row of the reader's own refusal; the profiles' tables end far below. */
  public static final int DEVICE_NOT_READ_ROW = 100;

  /** Reason of the reader's own refusal. */
  public static final String DEVICE_NOT_READ = "device-memory-not-read";

  /**
   * Judges {@code sizeBytes} bytes from {@code physicalAddress}, which lie in {@code range}: one
   * page or many, the verdict is the same for each.
   */
  public Verdict judge(AddressRange range, long physicalAddress, long sizeBytes) {
    PageFacts facts = factsOf(range);
    CacheType requested = requestFor(range.getKind());
    if (range.getKind() == RangeKind.DEVICE && !readDeviceMemory) {
      return new Verdict(
          VerdictKind.REFUSED,
          DEVICE_NOT_READ_ROW,
          DEVICE_NOT_READ,
          requested,
          facts.established(),
          CacheType.UNKNOWN,
          List.of());
    }
    return policy.judge(
        facts, new MappingRequest(physicalAddress, sizeBytes, policy.typeNumber(requested)));
  }

  /** Judges one page of a range. */
  public Verdict judgePage(AddressRange range, long physicalAddress) {
    return judge(range, physicalAddress, Pages.SIZE);
  }

  /**
   * What is known of a range's pages. No page of an image is known to be locked, to hold page
   * tables, or to be mapped by a driver at present.
   */
  static PageFacts factsOf(AddressRange range) {
    return new PageFacts(
        inPfnDatabase(range.getKind()),
        establishedIn(range),
        range.getLargePages(),
        false,
        false,
        CacheType.NOT_ESTABLISHED);
  }

  /**
   * Whether Windows keeps page-frame entries for a kind: it does for what MmGetPhysicalMemoryRanges
   * lists. UNKNOWN counts as memory: the image has bytes for it.
   */
  private static boolean inPfnDatabase(RangeKind kind) {
    return switch (kind) {
      case RAM, UNKNOWN -> true;
      case DEVICE, FRAME_BUFFER, FIRMWARE_RESERVED, ACPI, PERSISTENT -> false;
    };
  }

  private static CacheType establishedIn(AddressRange range) {
    if (range.getEstablished() != CacheType.UNKNOWN) {
      return range.getEstablished();
    }
    return switch (range.getKind()) {
      case RAM, ACPI, PERSISTENT -> CacheType.WRITE_BACK;
      case DEVICE, FIRMWARE_RESERVED -> CacheType.UNCACHED;
      case FRAME_BUFFER -> CacheType.WRITE_COMBINING;
      // Large pages are always cached, whatever they hold.
      case UNKNOWN -> range.getLargePages() ? CacheType.WRITE_BACK : CacheType.NOT_ESTABLISHED;
    };
  }

  private static CacheType requestFor(RangeKind kind) {
    return switch (kind) {
      case RAM, ACPI, PERSISTENT, UNKNOWN -> CacheType.WRITE_BACK;
      case DEVICE, FIRMWARE_RESERVED -> CacheType.UNCACHED;
      case FRAME_BUFFER -> CacheType.WRITE_COMBINING;
    };
  }
}
