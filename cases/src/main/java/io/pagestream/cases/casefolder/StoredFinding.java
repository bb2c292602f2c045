package io.pagestream.cases.casefolder;

import io.pagestream.schemas.finding.Location;

/**
 * The properties of a finding that are needed to explain a page.
 *
 * @param imageId its image
 * @param analyzer the analyzer that found it
 * @param kind kind of the artifact
 * @param value the artifact as text
 * @param space its address space: {@code physical}, or the address of a top-level page table
 * @param address address of its first byte in that space
 * @param length its length in memory, in bytes
 * @param path decoding path; empty when found in the page itself
 */
public record StoredFinding(
    String imageId,
    String analyzer,
    String kind,
    String value,
    String space,
    long address,
    long length,
    String path) {
  /** Whether its address is physical. */
  public boolean isPhysical() {
    return space.equals(Location.PHYSICAL);
  }
}
