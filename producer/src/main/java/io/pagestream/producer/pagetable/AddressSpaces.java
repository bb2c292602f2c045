package io.pagestream.producer.pagetable;

import java.util.List;

/**
 * The top-level page tables of an image, and how they were found.
 *
 * @param mode how their entries are to be read
 * @param system who wrote them
 * @param roots their physical addresses, in bytes, ascending: the order of the walk, which so does
 *     not depend on how they were found
 * @param encryptionMask address bits of entries that mark encrypted pages (AMD SME); 0 without
 * @param found how they were found, in words: {@code 2 in CR3, 1 in VMCOREINFO, …}
 */
record AddressSpaces(
    PagingMode mode, GuestSystem system, List<Long> roots, long encryptionMask, String found) {
  AddressSpaces {
    roots = List.copyOf(roots);
  }

  EntryDecoder decoder() {
    return new EntryDecoder(mode, encryptionMask);
  }
}
