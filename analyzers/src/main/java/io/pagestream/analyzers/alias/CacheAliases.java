package io.pagestream.analyzers.alias;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Regions of physical memory that are mapped twice with different cache types, as a run's mapping
 * spans tell. A region is the longest sequence of consecutive pages whose two mappings go on in
 * step; it belongs to the run in which it starts, like any artifact, and {@link
 * PageRun#getMappingBefore} tells whether it started earlier. Reads no bytes, so pages that are
 * withheld or left out are covered as well.
 */
public final class CacheAliases {
  /** Kind of the findings, and the name that the analyzer is chosen by. */
  public static final String KIND = "cache-alias";

  /** Both mappings were read under roots that the image names: nothing is guessed. */
  public static final Confidence CONFIDENCE = Confidence.HIGH;

  /** A root was found only by its shape: whoever writes to memory can forge one. */
  public static final Confidence CONFIDENCE_BY_SHAPE = Confidence.LOW;

  /** Listed beside the analyzers of bytes. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
          KIND,
          "Pages that the image's own page tables map twice with different cache types, at any"
              + " verdict: what rootkits, DMA buffers and hypervisors leave.",
          List.of(new FindingKind(KIND, CONFIDENCE)),
          0,
          1,
          List.of());

  private CacheAliases() {}

  /** The spans of a run at whose first page a region starts, in order. */
  public static List<MappingSpan> startingIn(PageRun run) {
    List<MappingSpan> starting = new ArrayList<>(0);
    MappingSpan before = run.getMappingBefore();
    for (MappingSpan span : run.getMappings()) {
      if (span.getAlias() != null && !continues(before, span)) {
        starting.add(span);
      }
      before = span;
    }
    return starting;
  }

  /** Whether one of the two roots was found only by its shape. */
  public static boolean isByShape(CacheAlias alias) {
    return alias.getFirstRootByShape() || alias.getSecondRootByShape();
  }

  /** How much the finding of an alias is to be trusted. */
  public static Confidence confidence(CacheAlias alias) {
    return isByShape(alias) ? CONFIDENCE_BY_SHAPE : CONFIDENCE;
  }

  private static boolean continues(@Nullable MappingSpan before, MappingSpan span) {
    CacheAlias earlier = before == null ? null : before.getAlias();
    CacheAlias alias = span.getAlias();
    if (before == null || earlier == null || alias == null) {
      return false;
    }
    long bytes = Pages.address(before.getPageCount());
    return alias.getFirstVirtualAddress() == earlier.getFirstVirtualAddress() + bytes
        && alias.getSecondVirtualAddress() == earlier.getSecondVirtualAddress() + bytes
        && alias.getFirstType() == earlier.getFirstType()
        && alias.getSecondType() == earlier.getSecondType()
        && alias.getFirstRoot() == earlier.getFirstRoot()
        && alias.getSecondRoot() == earlier.getSecondRoot()
        && isByShape(alias) == isByShape(earlier);
  }
}
