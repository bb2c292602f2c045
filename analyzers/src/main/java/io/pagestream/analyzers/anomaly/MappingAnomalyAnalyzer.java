package io.pagestream.analyzers.anomaly;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Mappings;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.MappingAnomaly;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.text.PrintableText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports mappings and page-table entries that normal systems do not have
 * (docs/mapping-detections.md). The producer applies the definitions, because they depend on all
 * page tables of an image; a region is reported in the run in which it begins.
 */
public final class MappingAnomalyAnalyzer implements Analyzer {
  private static final String KIND = "mapping-anomaly";
  private static final int MOST_TEXT = 80;
  private static final int ENTRY_BYTES = 8;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      AnalyzerInfo.ofMappings(
          KIND,
          "Mappings and page-table entries that normal systems do not have: executable memory that"
              + " is writable, page tables or kernel text that programs can access, and others.",
          List.of(FindingKind.proven(KIND)));

  /** An instance; it has no options. */
  public MappingAnomalyAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Mappings mappings, FindingSink findings) {
    for (MappingSpan span : mappings.spans()) {
      for (MappingAnomaly anomaly : span.getAnomalies()) {
        report(anomaly, mappings.physicalAddress(), span.getFirstPage(), findings);
      }
    }
  }

  private static void report(
      MappingAnomaly anomaly, long runAddress, int page, FindingSink findings) {
    long pageAddress = runAddress + Pages.address(page);
    findings.found(
        KIND,
        (int) (placeIn(anomaly, pageAddress) - runAddress),
        length(anomaly.getPageCount()),
        "%s %s".formatted(definition(anomaly), place(anomaly)),
        Encoding.BINARY,
        attributes(anomaly),
        confidence(anomaly));
  }

  /** The region, or the entry if only that is in the image, or else the page. */
  private static long placeIn(MappingAnomaly anomaly, long page) {
    for (long address : new long[] {anomaly.getPhysicalAddress(), anomaly.getEntryAddress()}) {
      if (Pages.floor(address) == page) {
        return address;
      }
    }
    return page;
  }

  private static int length(long pages) {
    long most = Integer.MAX_VALUE / Pages.SIZE;
    return pages < 1 ? ENTRY_BYTES : (int) Pages.address(Math.min(pages, most));
  }

  /** The producer writes kebab-case ids; a record may contain anything. */
  private static String definition(MappingAnomaly anomaly) {
    return PrintableText.of(anomaly.getDefinition(), MOST_TEXT);
  }

  /** Users' addresses mean different memory in different address spaces. */
  private static String place(MappingAnomaly anomaly) {
    String virtual = hex(anomaly.getVirtualAddress());
    boolean shared = anomaly.getVirtualAddress() < 0 && anomaly.getPageCount() > 0;
    return shared ? virtual : virtual + " under " + hex(anomaly.getRoot());
  }

  private static Confidence confidence(MappingAnomaly anomaly) {
    return anomaly.getConfidence() == Confidence.UNRATED ? Confidence.LOW : anomaly.getConfidence();
  }

  private static Map<String, String> attributes(MappingAnomaly anomaly) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("definition", definition(anomaly));
    attributes.put("physical-address", hex(anomaly.getPhysicalAddress()));
    attributes.put("virtual-address", hex(anomaly.getVirtualAddress()));
    attributes.put("root", hex(anomaly.getRoot()));
    attributes.put("roots", anomaly.getRootByShape() ? "found-by-shape" : "named");
    if (!anomaly.getOwner().isEmpty()) {
      attributes.put("owner", PrintableText.of(anomaly.getOwner(), MOST_TEXT));
    }
    if (anomaly.getPageCount() > 0) {
      attributes.put("pages", Long.toString(anomaly.getPageCount()));
    }
    if (anomaly.getEntryAddress() != 0) {
      attributes.put("entry-address", hex(anomaly.getEntryAddress()));
      attributes.put("entry", hex(anomaly.getEntry()));
    }
    if (anomaly.getLeafPages() > 0) {
      attributes.put("flags", flags(anomaly));
      attributes.put(
          "cache-type", anomaly.getCacheType().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (anomaly.getOtherRoot() != 0) {
      attributes.put("other-virtual-address", hex(anomaly.getOtherVirtualAddress()));
      attributes.put("other-root", hex(anomaly.getOtherRoot()));
      if (anomaly.getOtherEntry() != 0) {
        attributes.put("other-entry", hex(anomaly.getOtherEntry()));
      }
    }
    if (!anomaly.getDetail().isEmpty()) {
      attributes.put("detail", PrintableText.of(anomaly.getDetail(), MOST_TEXT));
    }
    return attributes;
  }

  /** Mode and rights: {@code user rwx}, {@code kernel r-x}. */
  private static String flags(MappingAnomaly anomaly) {
    return (anomaly.getUser() ? "user r" : "kernel r")
        + (anomaly.getWritable() ? 'w' : '-')
        + (anomaly.getExecutable() ? 'x' : '-');
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
