package io.pagestream.images.pagetable;

import io.pagestream.images.memorytype.EffectiveType;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.avro.CacheType;

/**
 * The effective cache type of mappings: PAT entry and MTRR type, combined beforehand for every
 * interval of the MTRRs. Not thread-safe: it caches the position of the last look-up.
 */
final class MappingTypes {
  private final MemoryTypeRanges mtrr;
  private final PatLayout pat;
  private final byte[][] effective;
  private int last;

  MappingTypes(MemoryTypeRanges mtrr, PatLayout pat) {
    this.mtrr = mtrr;
    this.pat = pat;
    this.effective = new byte[mtrr.size()][8];
    for (int i = 0; i < effective.length; i++) {
      for (int index = 0; index < 8; index++) {
        effective[i][index] =
            (byte) TypeIndex.of(EffectiveType.of(mtrr.type(i), pat.entries().get(index)));
      }
    }
  }

  /** Index of the effective type with which a PAT entry maps an address. */
  int indexAt(long physicalAddress, int patIndex) {
    return effective[intervalOf(physicalAddress)][patIndex];
  }

  /** The effective type with which a PAT entry maps an address. */
  CacheType typeAt(long physicalAddress, int patIndex) {
    return TypeIndex.type(indexAt(physicalAddress, patIndex));
  }

  /** The address, exclusive, up to which the types at an address are constant. */
  long endOfInterval(long physicalAddress) {
    return mtrr.end(intervalOf(physicalAddress));
  }

  /** The type that the PAT holds. */
  CacheType patType(int patIndex) {
    return pat.entries().get(patIndex);
  }

  private int intervalOf(long physicalAddress) {
    if (physicalAddress < mtrr.start(last) || physicalAddress >= mtrr.end(last)) {
      last = mtrr.indexAt(physicalAddress);
    }
    return last;
  }
}
