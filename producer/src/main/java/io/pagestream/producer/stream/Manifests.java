package io.pagestream.producer.stream;

import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.memory.ImageFacts;
import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.images.rangemap.PhysicalMap;
import io.pagestream.producer.run.RunPlan;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.doubt.DoubtList;
import io.pagestream.schemas.page.BlockLayout;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates an image's manifest from the facts of its format. */
final class Manifests {
  /**
   * Length of a run's look-behind, in bytes; the requirements of analyzers are in {@code
   * AnalyzerInfo}.
   */
  static final int LOOK_BEHIND_BYTES = 512;

  /** Length of a run's look-ahead, in bytes. */
  static final int LOOK_AHEAD_BYTES = 16 * Pages.SIZE;

  private Manifests() {}

  /** Doubts that are known before the first page is read. */
  private static List<Doubt> doubts(StreamRequest request, PageMappings mappings) {
    List<Doubt> doubts = new ArrayList<>(request.opened().doubts());
    doubts.addAll(request.files().unreadable());
    doubts.addAll(mappings.doubts());
    return DoubtList.of(doubts);
  }

  static ImageManifest of(
      StreamRequest request, RunPlan plan, PageMappings mappings, @Nullable ImageJob job) {
    ImageFacts facts = request.opened().facts();
    PhysicalMap map = request.opened().map();
    Map<String, String> hints = new HashMap<>(facts.hints());
    hints.putAll(mappings.hints());
    KernelRecords records = request.opened().kernelRecords();
    hints.putAll(records.hints());
    List<String> warnings = new ArrayList<>(facts.warnings());
    warnings.addAll(map.warnings());
    warnings.addAll(mappings.warnings());
    warnings.addAll(records.warnings());
    ImageManifest manifest =
        ImageManifest.newBuilder()
            .setImageId(request.imageId())
            .setName(request.names().label())
            .setHost(request.names().host())
            .setEvidenceId(request.names().evidenceId())
            .setSources(request.files().sources())
            .setFormat(facts.format())
            .setWrapping(String.join(", ", facts.wrapping()))
            .setFiles(request.files().imageFiles())
            .setRanges(map.ranges())
            .setRangeMapPages(map.pages())
            .setAbsentPages(map.absentPages())
            .setRunPages(plan.runPages())
            .setRunsPerBlock(BlockLayout.forImage(plan.runCount()).runsPerBlock())
            .setRunCount(plan.runCount())
            .setLookBehindBytes(LOOK_BEHIND_BYTES)
            .setLookAheadBytes(LOOK_AHEAD_BYTES)
            .setHints(hints)
            .setWarnings(warnings)
            .setDoubts(doubts(request, mappings))
            .setState(ImageState.OPEN)
            .setJob(job)
            .build();
    manifest.setPlanId(PlanIds.of(manifest, request.opened().extents()));
    return manifest;
  }
}
