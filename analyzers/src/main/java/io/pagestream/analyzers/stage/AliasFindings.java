package io.pagestream.analyzers.stage;

import io.pagestream.analyzers.alias.CacheAliases;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.schemas.avro.CacheAlias;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Makes findings of the aliases that disagree and start in a run. For one thread. */
final class AliasFindings {
  private final FindingIds ids = new FindingIds();

  /** The findings of a run that the mapper has judged, in the order of their addresses. */
  List<Finding> of(ImageManifest manifest, PageRun run) {
    if (run.getMappings().isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(0);
    for (MappingSpan start : CacheAliases.startingIn(run)) {
      CacheAlias alias = Objects.requireNonNull(start.getAlias(), "a region starts with an alias");
      findings.add(finding(manifest, run, start.getFirstPage(), alias));
    }
    return findings;
  }

  private Finding finding(ImageManifest manifest, PageRun run, int page, CacheAlias alias) {
    String imageId = manifest.getImageId();
    Location location = Location.physical(run.getPhysicalAddress() + Pages.address(page));
    String value =
        "%s / %s"
            .formatted(
                mapping(alias.getFirstVirtualAddress(), alias.getFirstType()),
                mapping(alias.getSecondVirtualAddress(), alias.getSecondType()));
    VerdictSpan verdict = RunFindings.spanAt(run, page);
    return Finding.newBuilder()
        .setFindingId(ids.of(imageId, CacheAliases.INFO.name(), CacheAliases.KIND, location, value))
        .setImageId(imageId)
        .setImage(manifest.getName())
        .setAnalyzer(CacheAliases.INFO.name())
        .setKind(CacheAliases.KIND)
        .setValue(value)
        .setLocation(location.record())
        .setLength(length(alias.getRegionPages()))
        .setContext("")
        .setEncoding(Encoding.BINARY.word())
        .setRangeKind(verdict.getRangeKind())
        .setCacheType(verdict.getGranted())
        .setVerdict(verdict.getVerdict())
        .setConfidence(CacheAliases.confidence(alias))
        .setAttributes(attributes(alias))
        .build();
  }

  /** Bytes of the region; of its first page where its length is not known. */
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
    attributes.put("roots", CacheAliases.isByShape(alias) ? "found-by-shape" : "named");
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
