package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Verdict;
import io.pagestream.mapper.range.RangeMap;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.util.List;

/**
 * An image with its range map, judged: all pages of a range have the same facts, so each range is
 * judged once and a run costs one look-up and one span a piece.
 */
final class OpenImage {
  private final ImageManifest manifest;
  private final RangeMap map;
  private final Verdict[] verdicts;
  private final String profile;

  private OpenImage(ImageManifest manifest, RangeMap map, Verdict[] verdicts, String profile) {
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
  static OpenImage of(ImageManifest manifest, ReaderRule reader) {
    RangeMap map = RangeMap.of(manifest.getRanges());
    ManifestCheck.check(manifest, map);
    Verdict[] verdicts = new Verdict[map.size()];
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = reader.judge(map.range(i), map.start(i), map.end(i) - map.start(i));
    }
    return new OpenImage(manifest, map, verdicts, reader.policy().name());
  }

  ImageManifest manifest() {
    return manifest;
  }

  RangeMap map() {
    return map;
  }

  /** Verdict on every page of a range. */
  Verdict verdict(int range) {
    return verdicts[range];
  }

  /**
   * Puts a run's verdicts into {@code spans}: one for each piece with equal facts, in order,
   * covering all pages. The run must lie within the range map.
   */
  void judge(PageRun run, List<VerdictSpan> spans) {
    long start = run.getPhysicalAddress();
    long end = start + Pages.address(run.getPageCount());
    long address = start;
    for (int range = map.indexAt(start); address < end; range++) {
      long pieceEnd = Math.min(end, map.end(range));
      VerdictSpan span =
          span(
              range,
              (int) Pages.frameNumber(address - start),
              (int) Pages.frameNumber(pieceEnd - address));
      if (!spans.isEmpty() && isSameDecision(spans.getLast(), span)) {
        spans.getLast().setPageCount(spans.getLast().getPageCount() + span.getPageCount());
      } else {
        spans.add(span);
      }
      address = pieceEnd;
    }
  }

  private VerdictSpan span(int index, int firstPage, int pageCount) {
    Verdict verdict = verdicts[index];
    AddressRange range = map.range(index);
    return new VerdictSpan(
        firstPage,
        pageCount,
        verdict.kind(),
        verdict.row(),
        profile,
        verdict.reason(),
        verdict.requested(),
        verdict.established(),
        verdict.granted(),
        range.getKind(),
        range.getProvenance(),
        verdict.hazards());
  }

  private static boolean isSameDecision(VerdictSpan a, VerdictSpan b) {
    return a.getVerdict() == b.getVerdict()
        && a.getRow() == b.getRow()
        && a.getRequested() == b.getRequested()
        && a.getEstablished() == b.getEstablished()
        && a.getGranted() == b.getGranted()
        && a.getRangeKind() == b.getRangeKind()
        && a.getProvenance() == b.getProvenance()
        && a.getReason().equals(b.getReason())
        && a.getHazards().equals(b.getHazards());
  }
}
