package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.ImageManifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** A lane for each kind of job, because images with different jobs can arrive in turns. */
final class AnalyzerLanes implements AutoCloseable {
  /** A lane holds compiled patterns and the buffers of a run: a few tens of MiB. */
  private static final int MOST = 3;

  private final AnalyzerJobs jobs;
  private final IdentityHashMap<AnalyzerStage.Settings, AnalyzerLane> lanes =
      new IdentityHashMap<>();
  private final Deque<AnalyzerStage.Settings> recent = new ArrayDeque<>();
  private @Nullable ImageManifest current;
  private @Nullable AnalyzerLane lane;

  AnalyzerLanes(AnalyzerJobs jobs) {
    this.jobs = jobs;
  }

  /** Refuses an image whose job cannot be carried out. */
  void check(ImageManifest manifest) {
    jobs.settings(manifest);
  }

  /**
   * The lane for an image.
   *
   * @throws io.pagestream.schemas.error.PagestreamException as {@link AnalyzerJobs#settings}
   */
  @SuppressWarnings("ReferenceEquality") // comparing manifests for each run would be expensive
  AnalyzerLane of(ImageManifest manifest) {
    AnalyzerLane same = lane;
    if (same != null && current == manifest) {
      return same;
    }
    AnalyzerStage.Settings settings = jobs.settings(manifest);
    recent.remove(settings);
    recent.addFirst(settings);
    AnalyzerLane its = lanes.computeIfAbsent(settings, AnalyzerLane::new);
    if (recent.size() > MOST) {
      AnalyzerLane oldest = lanes.remove(recent.removeLast());
      if (oldest != null) {
        oldest.close();
      }
    }
    current = manifest;
    lane = its;
    return its;
  }

  @Override
  public void close() {
    lanes.values().forEach(AnalyzerLane::close);
  }
}
