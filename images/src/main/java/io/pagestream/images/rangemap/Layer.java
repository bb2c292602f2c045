package io.pagestream.images.rangemap;

import io.pagestream.images.interval.AscendingLookup;
import io.pagestream.images.rangesource.Claim;
import io.pagestream.images.rangesource.RangeSource;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.schemas.avro.RangeProvenance;

/**
 * The claims of one source.
 *
 * @param word the source's name in sentences
 * @param provenance whether it is a sidecar
 * @param claims read by ascending address
 */
record Layer(String word, RangeProvenance provenance, AscendingLookup<Claim> claims) {
  /** Whether the source lists all memory of the system, and nothing else. */
  boolean isListOfMemory() {
    return word.equals(SideFileKind.WINDOWS_RANGES.word());
  }

  /** The claims of a source, which are sorted, disjoint and page aligned. */
  static Layer of(RangeSource source) {
    return new Layer(
        source.word(),
        source.provenance(),
        new AscendingLookup<>(source.claims(), Claim::start, Claim::end));
  }
}
