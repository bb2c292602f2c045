package io.pagestream.analyzers.alias;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds regions of physical memory that are mapped twice with different cache types. A region is
 * the longest sequence of consecutive pages whose two mappings continue in parallel. Like any
 * artifact, it belongs to the run in which it starts; {@link Mappings#before} shows whether it
 * started earlier.
 */
public final class CacheAliasAnalyzer implements Analyzer {
  private static final String KIND = "cache-alias";

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      AnalyzerInfo.ofMappings(
          KIND,
          "Pages that the image's own page tables map twice with different cache types, at any"
              + " verdict: what rootkits, DMA buffers and hypervisors leave.",
          List.of(FindingKind.proven(KIND)));

  /** An instance; it has no options. */
  public CacheAliasAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Mappings mappings, FindingSink findings) {
    MappingSpan before = mappings.before();
    for (MappingSpan span : mappings.spans()) {
      CacheAlias alias = span.getAlias();
      if (alias != null && !continues(before, alias)) {
        report(alias, (int) Pages.address(span.getFirstPage()), findings);
      }
      before = span;
    }
  }

  private static boolean continues(@Nullable MappingSpan before, CacheAlias alias) {
    CacheAlias earlier = before == null ? null : before.getAlias();
    if (before == null || earlier == null) {
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

  /**
   * A root that was found only by its shape can be forged by any program that can write to memory.
   */
  private static boolean isByShape(CacheAlias alias) {
    return alias.getFirstRootByShape() || alias.getSecondRootByShape();
  }

  private static void report(CacheAlias alias, int offset, FindingSink findings) {
    String value =
        "%s / %s"
            .formatted(
                mapping(alias.getFirstVirtualAddress(), alias.getFirstType()),
                mapping(alias.getSecondVirtualAddress(), alias.getSecondType()));
    findings.found(
        KIND,
        offset,
        length(alias.getRegionPages()),
        value,
        Encoding.BINARY,
        attributes(alias),
        isByShape(alias) ? Confidence.LOW : Confidence.HIGH);
  }

  /** Length of the region in bytes; of its first page if the length is not known. */
  private static int length(long pages) {
    long most = Integer.MAX_VALUE / Pages.SIZE;
    return (int) Pages.address(Math.clamp(pages, 1, most));
  }

  private static Map<String, String> attributes(CacheAlias alias) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("first-virtual-address", hex(alias.getFirstVirtualAddress()));
    attributes.put("first-type", word(alias.getFirstType()));
    attributes.put("first-root", hex(alias.getFirstRoot()));
    attributes.put("second-virtual-address", hex(alias.getSecondVirtualAddress()));
    attributes.put("second-type", word(alias.getSecondType()));
    attributes.put("second-root", hex(alias.getSecondRoot()));
    attributes.put("roots", isByShape(alias) ? "found-by-shape" : "named");
    if (alias.getRegionPages() > 0) {
      attributes.put("pages", Long.toString(alias.getRegionPages()));
    }
    return attributes;
  }

  private static String mapping(long virtualAddress, CacheType type) {
    return hex(virtualAddress) + ' ' + word(type);
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }

  private static String word(CacheType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
