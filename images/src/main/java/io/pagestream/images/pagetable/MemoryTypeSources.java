package io.pagestream.images.pagetable;

import io.pagestream.images.memorytype.FixedRanges;
import io.pagestream.images.memorytype.MemoryTypeRanges;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import io.pagestream.schemas.avro.CacheType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The MTRRs and the PAT by which mappings are judged, and their sources.
 *
 * @param memoryTypes types by the MTRRs
 * @param memoryTypesFrom their source
 * @param pat the PAT
 * @param patFrom its source
 */
record MemoryTypeSources(
    MemoryTypeRanges memoryTypes, String memoryTypesFrom, PatLayout pat, String patFrom) {

  static MemoryTypeSources of(PageTableOptions options, GuestSystem system) {
    return new MemoryTypeSources(
        options.memoryTypes().orElseGet(MemoryTypeSources::usual),
        options.memoryTypes().isPresent()
            ? "given"
            : "not given: write-back assumed, unknown from 0xa0000 to 0xfffff",
        options.pat().orElseGet(() -> PatLayout.of(system.usualPat())),
        options.pat().isPresent()
            ? "given"
            : "not given: 0x%016x assumed, as %s"
                .formatted(
                    system.usualPat(),
                    system == GuestSystem.UNKNOWN
                        ? "after a reset"
                        : system.title() + " writes it"));
  }

  /** Firmware sets the MTRRs so that memory is write-back; its settings for the ISA window vary. */
  private static MemoryTypeRanges usual() {
    int belowIsaWindow = 16; // 8 ranges of 64 KiB and 8 of 16 KiB, up to 0xa0000
    List<CacheType> fixed = new ArrayList<>(FixedRanges.unknown().types());
    Collections.fill(fixed.subList(0, belowIsaWindow), CacheType.WRITE_BACK);
    return new MtrrState(
            true, CacheType.WRITE_BACK, Optional.of(new FixedRanges(fixed)), List.of(), 0)
        .ranges();
  }

  MappingTypes mappingTypes() {
    return new MappingTypes(memoryTypes, pat);
  }
}
