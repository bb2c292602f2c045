package io.pagestream.producer.stream;

import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.run.RunPlan;
import io.pagestream.producer.run.RunReader;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageCounts;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.SortedSet;

/** Reads single runs of an image again, exactly as they were streamed. */
public final class RunReplay {
  private RunReplay() {}

  /** Receives the runs, by index. */
  @FunctionalInterface
  public interface Receiver {
    /** Receives a run, which belongs to the receiver. */
    void take(PageRun run);
  }

  /**
   * Reads runs.
   *
   * @param request the image, opened with the options with which it was streamed
   * @param streamed the manifest under which it was streamed
   * @param runs indexes of the runs
   * @throws PagestreamException {@link ErrorCode#USAGE} if the image would now be cut into
   *     different runs because a sidecar or an option differs
   */
  public static void read(
      StreamRequest request,
      ImageManifest streamed,
      SortedSet<Long> runs,
      StreamListener listener,
      Receiver receiver)
      throws InterruptedException {
    RunPlan plan = RunPlan.of(request.opened().extents(), streamed.getRunPages());
    PageMappings mappings = request.opened().mappings(new SearchProgress(listener));
    requireSamePlan(streamed, Manifests.of(request, plan, mappings, streamed.getJob()));
    try (RunReader reader =
        new RunReader(
            request.opened().image(),
            plan,
            streamed.getLookBehindBytes(),
            streamed.getLookAheadBytes(),
            mappings::spansOf,
            PayloadMode.INLINE)) {
      for (long run : runs) {
        receiver.take(reader.at(run, streamed.getImageId(), new PageCounts()));
      }
    }
  }

  private static void requireSamePlan(ImageManifest streamed, ImageManifest now) {
    if (!streamed.getPlanId().equals(now.getPlanId())) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "image " + streamed.getName() + " has another memory map or other page tables now",
          "restore the sidecars that were next to it when it was analyzed, or analyze it again");
    }
  }
}
