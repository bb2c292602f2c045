package io.pagestream.analyzers.stage;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.codec.RecordCodec;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.ledger.JudgedRunRules;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.topic.RecordKeys;
import io.pagestream.stages.shell.Outlet;
import io.pagestream.stages.shell.StageWork;

/**
 * The analyzers' work on one partition: findings of judged runs, and a dead letter for each
 * failure.
 */
final class AnalyzerWork implements StageWork {
  private final String findings;
  private final AnalyzerLanes lanes;
  private final RecordCodec<Finding> findingCodec = new RecordCodec<>(Finding.class);

  AnalyzerWork(AnalyzerJobs jobs, AnalyzerStage.Downstream downstream) {
    this.findings = downstream.findings();
    this.lanes = new AnalyzerLanes(jobs);
  }

  @Override
  public void check(ImageManifest manifest) {
    lanes.check(manifest);
  }

  @Override
  public RunOutcome process(ImageManifest manifest, PageRun run, Outlet outlet) {
    JudgedRunRules.check(manifest, run);
    RunAnalysis analysis = lanes.of(manifest).analyze(manifest, run);
    for (Finding finding : analysis.findings()) {
      DoubtfulFindings.mark(manifest, run, finding);
      outlet.send(
          findings, RecordKeys.finding(finding.getFindingId()), findingCodec.encode(finding));
    }
    for (RunAnalysis.Failure failure : analysis.failures()) {
      outlet.bury(
          outlet
              .letter(
                  Stage.ANALYZERS, ErrorCode.ANALYSIS_FAILED, failure.reason(), failure.message())
              .by(failure.analyzer())
              .run(run));
    }
    return analysis.outcome(run);
  }

  @Override
  public void close() {
    lanes.close();
  }
}
