package io.pagestream.whatif;

import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.images.pagetable.Mapping;
import io.pagestream.images.pagetable.MappingStretch;
import io.pagestream.images.pagetable.SelectedMappings;
import io.pagestream.inspect.MappingList;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.Optional;

/** Who established the cache type of pages, in words. */
final class EstablishedBy {
  private EstablishedBy() {}

  /** The source of a run's established type. */
  static String sentence(CallResult.Run run, Optional<SelectedMappings> mappings) {
    AddressRange range = run.known().range();
    return switch (run.by()) {
      case PAGE_TABLES ->
          mappings
              .flatMap(m -> m.establishing(run.start()))
              .map(stretch -> "by the page tables: " + at(stretch, run.start()))
              .orElse("by the page tables in the image");
      case RANGE ->
          "by the sidecars (MTRR, PAT, ranges)"
              + (range == null || range.getSource().isEmpty()
                  ? ""
                  : "; the range is from " + HostileText.printable(range.getSource()));
      case DEFAULT -> "assumed: the default for this kind of range, as no source has a type";
      case EARLIER_CALL -> "by call %d of this sequence".formatted(run.byCall());
      case NONE -> none(run);
    };
  }

  private static String none(CallResult.Run run) {
    MappingSpan tables = run.known().tables();
    return tables == null
        ? "as no page-table root is named and no sidecar has a type"
        : tables.getMappings() == 0
            ? "the page tables do not map it"
            : "it is mapped, but the type depends on MTRRs that are not given";
  }

  /** A second mapping that conflicts with the established type. */
  static Optional<String> conflict(CallResult.Run run, Optional<SelectedMappings> mappings) {
    return run.known().tables() == null
        ? Optional.empty()
        : mappings
            .flatMap(all -> all.conflicting(run.start(), run.established()))
            .map(stretch ->
                Words.of(stretch.first().effectiveType()) + ": " + at(stretch, run.start()));
  }

  private static String at(MappingStretch stretch, long physicalAddress) {
    Mapping first = stretch.first();
    return "0x%x %s r%s%s, %s leaf, %s"
        .formatted(
            stretch.virtualAddressOf(physicalAddress),
            first.isUser() ? "user" : "kernel",
            first.isWritable() ? "w" : "-",
            first.isExecutable() ? "x" : "-",
            Quantities.bytes(Pages.address(first.leafPages())),
            MappingList.owner(first));
  }
}
