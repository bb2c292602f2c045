package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image with its range map, judged. All pages of a range with the same page-table facts get the
 * same verdict, so a run costs one look-up and one step for each piece with the same range and
 * facts; nothing is computed or allocated per page.
 */
public final class OpenImage {
  private final ImageManifest manifest;
  private final RangeMap map;
  private final RangeVerdicts[] verdicts;
  private final String profile;

  /** Common properties of ranges that get the same verdicts; the zone is between borders. */
  private record Alike(int zone, RangeKind kind, CacheType established, boolean largePages) {}

  private OpenImage(
      ImageManifest manifest, RangeMap map, RangeVerdicts[] verdicts, String profile) {
    this.manifest = manifest;
    this.map = map;
    this.verdicts = verdicts;
    this.profile = profile;
  }

  /**
   * Judges an image's ranges.
   *
   * @throws PagestreamException if the manifest contradicts itself
   */
  public static OpenImage of(ImageManifest manifest, ReaderRule reader) {
    List<Long> borders = reader.policy().borders();
    RangeMap given = RangeMap.of(manifest.getRanges());
    ManifestCheck.check(manifest, given);
    RangeMap map = given.withVgaWindow().cutAt(borders);
    Map<Alike, RangeVerdicts> judged = new HashMap<>();
    RangeVerdicts[] verdicts = new RangeVerdicts[map.size()];
    for (int i = 0; i < verdicts.length; i++) {
      AddressRange range = map.range(i);
      long start = map.start(i);
      int zone = (int) borders.stream().filter(border -> border <= start).count();
      Alike alike = new Alike(zone, range.getKind(), range.getEstablished(), range.getLargePages());
      verdicts[i] = judged.computeIfAbsent(alike, a -> new RangeVerdicts(reader, range));
    }
    return new OpenImage(manifest, map, verdicts, reader.policy().name());
  }

  ImageManifest manifest() {
    return manifest;
  }

  /** The range map, its ranges cut where the policy's rules change. */
  RangeMap map() {
    return map;
  }

  /** Verdict for every page of a range without information in page tables. */
  Verdict verdict(int range) {
    return verdicts[range].silent();
  }

  /** Verdict for pages of a range with the page-table information of a span, if there is one. */
  Verdict verdict(int range, @Nullable MappingSpan tables) {
    return verdicts[range].of(tables);
  }

  /**
   * Puts a run's verdicts into {@code spans}: one for each piece with equal decisions, in order,
   * covering all pages. The run must have passed {@link RunCheck}.
   */
  public void judge(PageRun run, List<VerdictSpan> spans) {
    List<MappingSpan> mappings = run.getMappings();
    long start = run.getPhysicalAddress();
    int pageCount = run.getPageCount();
    int range = map.indexAt(start);
    int rangeEnd = endOf(range, start, pageCount);
    int next = 0;
    VerdictSpans pieces = new VerdictSpans(spans, profile);
    for (int page = 0; page < pageCount; ) {
      if (page == rangeEnd) {
        range++;
        rangeEnd = endOf(range, start, pageCount);
      }
      MappingSpan tables = mappings.isEmpty() ? null : mappings.get(next);
      int end = rangeEnd;
      if (tables != null) {
        int tablesEnd = tables.getFirstPage() + tables.getPageCount();
        end = Math.min(end, tablesEnd);
        next += end == tablesEnd ? 1 : 0;
      }
      AddressRange its = map.range(range);
      pieces.add(page, end, verdict(range, tables), its.getKind(), provenance(its, tables));
      page = end;
    }
  }

  private int endOf(int range, long start, int pageCount) {
    return (int) Math.min(pageCount, Pages.frameNumber(map.end(range) - start));
  }

  private static RangeProvenance provenance(AddressRange range, @Nullable MappingSpan tables) {
    return tables != null && tables.getEstablished() != CacheType.UNKNOWN
        ? RangeProvenance.PAGE_TABLES
        : range.getProvenance();
  }
}
