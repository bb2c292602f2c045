package io.pagestream.mapper.policy;

import static io.pagestream.mapper.policy.WindowsAttribute.NOT_KNOWN;
import static io.pagestream.mapper.policy.WindowsAttribute.NOT_MAPPED;

import io.pagestream.schemas.page.Pages;
import org.jspecify.annotations.Nullable;

/** One case for the decision table: facts and request in Windows' own terms. */
record WindowsCase(PageFacts facts, MappingRequest request, WindowsOptions options) {

  /** Row 0: empty request, invalid type, or addresses that wrap or exceed the largest. */
  boolean invalid() {
    long start = request.physicalAddress();
    long size = request.sizeBytes();
    return size <= 0
        || MemoryCachingType.of(request.type()).isEmpty()
        || start < 0
        || size > Pages.ADDRESS_LIMIT - start;
  }

  boolean pagingStructureRefused() {
    return facts.pagingStructure() && options.osBuild() >= WindowsOptions.PAGING_STRUCTURES_REFUSED;
  }

  boolean inPfnDb() {
    return facts.inPfnDatabase();
  }

  boolean large() {
    return facts.largePage();
  }

  /** R, or null if the type is invalid. */
  @Nullable WindowsAttribute requested() {
    return MemoryCachingType.of(request.type()).map(MemoryCachingType::attribute).orElse(null);
  }

  /** E. */
  WindowsAttribute established() {
    return WindowsAttribute.of(facts.established());
  }

  /** I. */
  WindowsAttribute live() {
    return WindowsAttribute.of(facts.liveMapping());
  }

  boolean liveMappingOverlaps() {
    return live() != NOT_MAPPED;
  }

  /** Row 12: nothing says whether it is memory, and it has another type than R. */
  boolean undeterminedConflict() {
    return facts.undetermined()
        && established() != NOT_MAPPED
        && established() != NOT_KNOWN
        && established() != requested();
  }
}
