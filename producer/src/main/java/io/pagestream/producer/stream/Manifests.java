package io.pagestream.producer.stream;

import io.pagestream.producer.image.ImageFacts;
import io.pagestream.producer.image.PhysicalExtent;
import io.pagestream.producer.pagetable.PageMappings;
import io.pagestream.producer.run.RunPlan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes an image's manifest from what its format says. */
final class Manifests {
  /**
   * Ranges in a manifest at most, so that it stays under 512 KiB (an encoded range takes under 64
   * bytes). An image with more extents gets ranges that span its smallest gaps; the pages of those
   * gaps are counted as absent.
   */
  static final int MAX_RANGES = 4096;

  /** Bytes that travel with a run from before it: see {@code AnalyzerInfo} for who needs them. */
  static final int LOOK_BEHIND_BYTES = 512;

  /** Bytes that travel with a run from after it. */
  static final int LOOK_AHEAD_BYTES = Pages.SIZE;

  private Manifests() {}

  static ImageManifest of(StreamRequest request, RunPlan plan, PageMappings mappings) {
    ImageFacts facts = request.image().facts();
    List<PhysicalExtent> extents = request.image().extents();
    List<AddressRange> ranges = ranges(extents);
    long rangePages = ranges.stream().mapToLong(AddressRange::getPageCount).sum();
    long extentPages = extents.stream().mapToLong(PhysicalExtent::pageCount).sum();
    Map<String, String> hints = new HashMap<>(facts.hints());
    hints.putAll(mappings.hints());
    List<String> warnings = new ArrayList<>(facts.warnings());
    warnings.addAll(mappings.warnings());
    return ImageManifest.newBuilder()
        .setImageId(request.imageId())
        .setName(request.name())
        .setFormat(facts.format())
        .setWrapping(String.join(", ", facts.wrapping()))
        .setFiles(request.digests().undigested())
        .setRanges(ranges)
        .setRangeMapPages(rangePages)
        .setAbsentPages(rangePages - extentPages)
        .setRunPages(plan.runPages())
        .setRunsPerBlock(BlockLayout.forImage(plan.runCount()).runsPerBlock())
        .setRunCount(plan.runCount())
        .setLookBehindBytes(LOOK_BEHIND_BYTES)
        .setLookAheadBytes(LOOK_AHEAD_BYTES)
        .setHints(hints)
        .setWarnings(warnings)
        .setState(ImageState.OPEN)
        .build();
  }

  private static List<AddressRange> ranges(List<PhysicalExtent> extents) {
    long gapToSpan = gapToSpan(extents);
    List<AddressRange> ranges = new ArrayList<>();
    for (PhysicalExtent extent : extents) {
      AddressRange last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && gap(last, extent) < gapToSpan && sameKind(last, extent)) {
        long end = extent.endAddress() - last.getPhysicalAddress();
        last.setPageCount(Pages.frameNumber(end));
      } else {
        ranges.add(range(extent));
      }
    }
    return ranges;
  }

  /** Smallest gap, in bytes, such that spanning all smaller ones leaves few enough ranges. */
  private static long gapToSpan(List<PhysicalExtent> extents) {
    if (extents.size() <= MAX_RANGES) {
      return 0;
    }
    long[] gaps = new long[extents.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = extents.get(i + 1).physicalAddress() - extents.get(i).endAddress();
    }
    java.util.Arrays.sort(gaps);
    return gaps[gaps.length - MAX_RANGES + 1] + 1;
  }

  private static long gap(AddressRange before, PhysicalExtent after) {
    return after.physicalAddress()
        - before.getPhysicalAddress()
        - Pages.address(before.getPageCount());
  }

  private static boolean sameKind(AddressRange range, PhysicalExtent extent) {
    return range.getKind() == extent.kind() && range.getProvenance() == extent.provenance();
  }

  private static AddressRange range(PhysicalExtent extent) {
    return AddressRange.newBuilder()
        .setPhysicalAddress(extent.physicalAddress())
        .setPageCount(extent.pageCount())
        .setKind(extent.kind())
        .setProvenance(extent.provenance())
        .setEstablished(CacheType.UNKNOWN)
        .setLargePages(false)
        .setName(extent.name())
        .build();
  }
}
