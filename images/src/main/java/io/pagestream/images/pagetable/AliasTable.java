package io.pagestream.images.pagetable;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.page.Pages;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * For every page with conflicting mappings: the first mapping and the first one with a different
 * type. Filled by a second walk; up to {@link #MOST_PAGES} pages.
 */
final class AliasTable implements WalkSink {
  /** Maximum number of pages whose two mappings are looked up: those with the lowest addresses. */
  static final int MOST_PAGES = 1 << 16;

  private static final byte NONE = -1;

  private final LongPredicate aliasedPages;
  private final Set<Long> named;
  private final MappingTypes types;
  private final long[] frames;
  private final long aliased;
  private final long[] firstVirtual;
  private final long[] firstRoot;
  private final byte[] firstType;
  private final long[] secondVirtual;
  private final long[] secondRoot;
  private final byte[] secondType;

  private AliasTable(
      LongPredicate aliasedPages,
      Set<Long> named,
      MappingTypes types,
      long[] frames,
      long aliased) {
    this.aliasedPages = aliasedPages;
    this.named = named;
    this.types = types;
    this.frames = frames;
    this.aliased = aliased;
    this.firstVirtual = new long[frames.length];
    this.firstRoot = new long[frames.length];
    this.firstType = new byte[frames.length];
    this.secondVirtual = new long[frames.length];
    this.secondRoot = new long[frames.length];
    this.secondType = new byte[frames.length];
    Arrays.fill(firstType, NONE);
    Arrays.fill(secondType, NONE);
  }

  /**
   * A table for the aliased pages of an image, to be filled by a walk like the first.
   *
   * @param aliasedPages whether the page of an address is one of them
   * @param named roots that the image names
   */
  static AliasTable of(
      LongPredicate aliasedPages,
      Set<Long> named,
      List<PhysicalExtent> extents,
      MappingTypes types) {
    long[] frames = new long[16];
    long aliased = 0;
    for (PhysicalExtent extent : extents) {
      for (long at = extent.physicalAddress(); at < extent.endAddress(); at += Pages.SIZE) {
        if (aliasedPages.test(at)) {
          if (aliased == frames.length && aliased < MOST_PAGES) {
            frames = Arrays.copyOf(frames, frames.length * 2);
          }
          if (aliased < frames.length) {
            frames[(int) aliased] = Pages.frameNumber(at);
          }
          aliased++;
        }
      }
    }
    return new AliasTable(
        aliasedPages,
        named,
        types,
        Arrays.copyOf(frames, (int) Math.min(aliased, frames.length)),
        aliased);
  }

  /** Number of pages with conflicting mappings, including those that are not looked up. */
  long aliasedPages() {
    return aliased;
  }

  /** Number of pages that are not looked up. */
  long beyond() {
    return aliased - frames.length;
  }

  @Override
  public void leaf(
      long root, long virtualAddress, long physicalAddress, long pages, long entry, long rights) {
    if (pages == 1 && !aliasedPages.test(physicalAddress)) {
      return; // nearly all mappings
    }
    long first = Pages.frameNumber(physicalAddress);
    for (int at = indexFrom(first); at < frames.length && frames[at] < first + pages; at++) {
      long into = Pages.address(frames[at] - first);
      int patIndex = EntryDecoder.patIndex(entry, pages > 1);
      byte type = (byte) types.indexAt(physicalAddress + into, patIndex);
      if (type == TypeIndex.UNKNOWN) {
        continue;
      }
      if (firstType[at] == NONE) {
        firstType[at] = type;
        firstVirtual[at] = virtualAddress + into;
        firstRoot[at] = root;
      } else if (secondType[at] == NONE && type != firstType[at]) {
        secondType[at] = type;
        secondVirtual[at] = virtualAddress + into;
        secondRoot[at] = root;
      }
    }
  }

  private int indexFrom(long frame) {
    int found = Arrays.binarySearch(frames, frame);
    return found >= 0 ? found : -found - 1;
  }

  /** The alias of a page; null if it has none, or if it was not looked up. */
  @Nullable CacheAlias aliasOf(long physicalAddress) {
    int at = Arrays.binarySearch(frames, Pages.frameNumber(physicalAddress));
    if (at < 0 || secondType[at] == NONE) {
      return null;
    }
    return CacheAlias.newBuilder()
        .setFirstVirtualAddress(firstVirtual[at])
        .setFirstType(TypeIndex.type(firstType[at]))
        .setFirstRoot(firstRoot[at])
        .setSecondVirtualAddress(secondVirtual[at])
        .setSecondType(TypeIndex.type(secondType[at]))
        .setSecondRoot(secondRoot[at])
        .setFirstRootByShape(!named.contains(firstRoot[at]))
        .setSecondRootByShape(!named.contains(secondRoot[at]))
        .build();
  }

  /** Whether a page's alias continues that of an earlier page, page for page. */
  boolean goesOn(@Nullable CacheAlias begun, int pages, long physicalAddress) {
    int at = Arrays.binarySearch(frames, Pages.frameNumber(physicalAddress));
    boolean none = at < 0 || secondType[at] == NONE;
    if (begun == null || none) {
      return begun == null && none;
    }
    long into = Pages.address(pages);
    return begun.getFirstVirtualAddress() + into == firstVirtual[at]
        && begun.getSecondVirtualAddress() + into == secondVirtual[at]
        && begun.getFirstRoot() == firstRoot[at]
        && begun.getSecondRoot() == secondRoot[at]
        && TypeIndex.of(begun.getFirstType()) == firstType[at]
        && TypeIndex.of(begun.getSecondType()) == secondType[at];
  }
}
