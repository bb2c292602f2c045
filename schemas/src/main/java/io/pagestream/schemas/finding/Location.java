package io.pagestream.schemas.finding;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.FindingLocation;

/**
 * Where something is. Bytes of memory have an address; bytes that were decoded from others have the
 * address of those, and a path that says how they were come by and which of them is meant.
 *
 * @param space the address space: {@link #PHYSICAL}, or the page-table root of a process
 * @param address unsigned address in bytes of the byte, or of the first encoded byte
 * @param path empty, or codecs and offsets into what each gave, in bulk_extractor's notation:
 *     {@code GZIP-512} is byte 512 of what the gzip member at the address holds; {@code
 *     GZIP-512-GZIP-0} the first byte of another in that
 */
public record Location(String space, long address, String path) {
  /** The physical address space. */
  public static final String PHYSICAL = "physical";

  /** A byte of physical memory. */
  public static Location physical(long physicalAddress) {
    return new Location(PHYSICAL, physicalAddress, "");
  }

  /** The location of a finding. */
  public static Location of(Finding finding) {
    FindingLocation location = finding.getLocation();
    return new Location(location.getSpace(), location.getAddress(), location.getPath());
  }

  /** The same as a part of a finding's record. */
  public FindingLocation record() {
    return new FindingLocation(space, address, path);
  }

  /** Whether it is a byte of memory, and not of something decoded. */
  public boolean isMemory() {
    return path.isEmpty();
  }

  /** The byte that lies {@code bytes} further, in memory or in what was decoded. */
  public Location plus(long bytes) {
    if (isMemory()) {
      return new Location(space, address + bytes, path);
    }
    int number = path.lastIndexOf('-') + 1;
    return new Location(space, address, path.substring(0, number) + (decodedOffset() + bytes));
  }

  /** The first byte of what a codec makes of the bytes from here on. */
  public Location decoded(String codec) {
    return new Location(space, address, (isMemory() ? "" : path + '-') + codec + "-0");
  }

  /** What the last codec was applied to, and which it was; empty for a byte of memory. */
  public String codecPath() {
    return path.substring(0, path.lastIndexOf('-') + 1);
  }

  /** Offset of a decoded byte in what the last codec gave; 0 for a byte of memory. */
  public long decodedOffset() {
    return isMemory() ? 0 : Long.parseLong(path.substring(path.lastIndexOf('-') + 1));
  }
}
