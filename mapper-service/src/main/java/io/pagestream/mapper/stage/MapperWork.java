package io.pagestream.mapper.stage;

import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.stages.shell.Outlet;
import io.pagestream.stages.shell.StageWork;

/**
 * The mapper's work on one partition: judges each run in place and passes on every record.
 *
 * <p>A {@link PageStreamRecord} with a run is valid until it has been passed on: its buffers are
 * reused for the next.
 */
final class MapperWork implements StageWork {
  private final Downstream downstream;
  private final RecordCodec<PageStreamRecord> pageCodec = new RecordCodec<>(PageStreamRecord.class);
  private final BareRun bareRun = new BareRun();
  private final JudgedImages judged;

  MapperWork(MapperJobs jobs, Downstream downstream) {
    this.downstream = downstream;
    this.judged = new JudgedImages(jobs);
  }

  @Override
  public void check(ImageManifest manifest) {
    judged.check(manifest);
  }

  @Override
  public RunOutcome process(ImageManifest manifest, PageRun run, Outlet outlet) {
    JudgedImages.Judged image = judged.of(manifest);
    return RunMapper.map(image.image(), run, image.skipRefused());
  }

  @Override
  public void pass(PageStreamRecord record, Outlet outlet) {
    if (record.getBody() instanceof PageRun run) {
      // Before the run is passed to the analyzers, which may change its buffers.
      outlet.passOn(downstream.verdicts(), bareRun.encode(pageCodec, run));
    }
    outlet.passOn(downstream.mapped(), record);
  }
}
