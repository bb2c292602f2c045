package io.pagestream.schemas.finding;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.FindingLocation;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.Hex;
import java.util.regex.Pattern;

/**
 * The location of an artifact. Bytes of memory have an address; bytes that were decoded from others
 * have the address of the encoded bytes and a path that describes the decoding.
 *
 * @param space the address space: {@link #PHYSICAL}, or the physical address of a top-level page
 *     table, as {@link Hex#of} writes it
 * @param address unsigned address in bytes of the byte, or of the first encoded byte
 * @param path empty, or codecs and offsets into their output, in the notation of bulk_extractor:
 *     {@code GZIP-512} is byte 512 of the content of the gzip member at the address; {@code
 *     GZIP-512-GZIP-0} the first byte of another one inside it
 */
public record Location(String space, long address, String path) {
  /** The physical address space. */
  public static final String PHYSICAL = "physical";

  /** A page-aligned address other than 0, without leading zeros. */
  private static final Pattern ROOT = Pattern.compile("0x[1-9a-f][0-9a-f]{0,11}000");

  /** A byte of physical memory. */
  public static Location physical(long physicalAddress) {
    return new Location(PHYSICAL, physicalAddress, "");
  }

  /**
   * A byte of virtual memory.
   *
   * @param root physical address of the top-level page table under which the address is valid
   */
  public static Location virtual(long root, long virtualAddress) {
    return new Location(Hex.of(root), virtualAddress, "");
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

  /** Whether the address is physical. */
  public boolean isPhysical() {
    return space.equals(PHYSICAL);
  }

  /**
   * Whether its address space and address are possible: a physical address below {@link
   * Pages#ADDRESS_LIMIT}, or any address under a page-aligned page table.
   */
  public boolean isPossible() {
    return isPhysical()
        ? address >= 0 && address < Pages.ADDRESS_LIMIT
        : ROOT.matcher(space).matches()
            && Long.parseLong(space, 2, space.length(), 16) < Pages.ADDRESS_LIMIT;
  }

  /** Whether it is a byte of memory, and not of decoded data. */
  public boolean isMemory() {
    return path.isEmpty();
  }

  /** The byte {@code bytes} further, in memory or in the decoded data. */
  public Location plus(long bytes) {
    if (isMemory()) {
      return new Location(space, address + bytes, path);
    }
    int number = path.lastIndexOf('-') + 1;
    return new Location(space, address, path.substring(0, number) + (decodedOffset() + bytes));
  }

  /** The first byte of the data that a codec decodes from the bytes at this location. */
  public Location decoded(String codec) {
    return new Location(space, address, (isMemory() ? "" : path + '-') + codec + "-0");
  }

  /** The last codec and the location to which it was applied; empty for a byte of memory. */
  public String codecPath() {
    return path.substring(0, path.lastIndexOf('-') + 1);
  }

  /** Offset of a decoded byte in the output of the last codec; 0 for a byte of memory. */
  public long decodedOffset() {
    return isMemory() ? 0 : Long.parseLong(path.substring(path.lastIndexOf('-') + 1));
  }
}
