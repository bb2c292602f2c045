package io.pagestream.images.pagetable;

import java.util.List;
import java.util.stream.Stream;

/**
 * The top-level page tables of an image, and how they were found.
 *
 * @param mode format of their entries
 * @param system system that wrote them
 * @param named physical addresses of those that the image names (processor notes, VMCOREINFO,
 *     headers), in bytes, ascending: they decide
 * @param byShape physical addresses of those that were found only by their shape, in bytes,
 *     ascending, none of them named: they annotate, because any program that can write to memory
 *     can forge them
 * @param encryptionMask address bits of entries that mark encrypted pages (AMD SME); 0 without
 */
record AddressSpaces(
    PagingMode mode,
    GuestSystem system,
    List<Long> named,
    List<Long> byShape,
    long encryptionMask) {
  AddressSpaces {
    named = List.copyOf(named);
    byShape = List.copyOf(byShape);
  }

  EntryDecoder decoder() {
    return new EntryDecoder(mode, encryptionMask);
  }

  /** All roots in the order of the walk: named ones first. */
  List<Long> roots() {
    return Stream.concat(named.stream(), byShape.stream()).toList();
  }

  /** The number of roots and how they were found, in words. */
  String found() {
    return "%d roots: %d named by the image, %d found by their shape"
        .formatted(named.size() + byShape.size(), named.size(), byShape.size());
  }
}
