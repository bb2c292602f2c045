package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.AnalyzerLane;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.RunAnalysis;
import io.pagestream.cases.casefolder.ReopenedCase;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.OpenImage;
import io.pagestream.mapper.stage.RunMapper;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.Stage;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.ledger.ImageLedger;
import io.pagestream.schemas.ledger.RetriedImage;
import io.pagestream.schemas.ledger.RunOutcome;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.topic.DeadLetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The runs of one image on which something had failed, analyzed again. */
final class RetriedRuns {
  private final RetryJob.Settings settings;
  private final RetriedImage image;
  private final OpenImage judge;
  private final Map<Long, List<DeadLetter>> letters = new TreeMap<>();
  private final NavigableMap<Long, Long> endOfRun = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final List<PageRun> judged = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private long tried;
  private long recovered;

  private RetriedRuns(ReopenedCase before, ImageLedger ledger, RetryJob.Settings settings) {
    this.settings = settings;
    this.image = new RetriedImage(ledger);
    this.judge = OpenImage.of(image.manifest(), settings.mapper().reader());
    for (DeadLetter letter : before.deadLetters()) {
      if (letter.isRun() && letter.imageId().equals(ledger.imageId())) {
        if (letter.runIndex() < image.manifest().getRunCount()) {
          letters.computeIfAbsent(letter.runIndex(), run -> new ArrayList<>()).add(letter);
          if (letter.physicalAddress() >= 0) {
            long end = letter.physicalAddress() + Pages.address(letter.pageCount());
            endOfRun.put(letter.physicalAddress(), end);
          }
        } else {
          image.keep(letter);
        }
      }
    }
  }

  /**
   * Reads the runs of an image again and analyzes them.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if the files are not an image of the case
   */
  static RetriedRuns of(
      ImageSubmission submission, ReopenedCase before, RetryJob.Settings settings, OpenOptions open)
      throws InterruptedException {
    try (ReadableImage readable = ReadableImage.open(submission, open)) {
      ImageLedger ledger = readable.ledgerOf(before, submission);
      RetriedRuns runs = new RetriedRuns(before, ledger, settings);
      runs.rememberFindings(before);
      readable.replay(runs.image.manifest(), new TreeSet<>(runs.letters.keySet()), runs::retry);
      return runs;
    }
  }

  /** Stores the ids of the findings in these runs, to recognize new ones. */
  private void rememberFindings(ReopenedCase before) {
    String imageId = image.manifest().getImageId();
    before.forEachFinding(finding -> {
      if (finding.getImageId().equals(imageId) && isRetried(Location.of(finding))) {
        known.add(finding.getFindingId());
      }
    });
  }

  /** Whether a location is in a run on which an analysis is retried. */
  private boolean isRetried(Location location) {
    Map.Entry<Long, Long> run = endOfRun.floorEntry(location.address());
    return location.isPhysical() && run != null && location.address() < run.getValue();
  }

  private void retry(PageRun run) {
    List<DeadLetter> failed = letters.getOrDefault(run.getRunIndex(), List.of());
    tried += failed.size();
    RunOutcome mapped;
    try {
      mapped = RunMapper.map(judge, run, settings.mapper().skipRefused());
    } catch (PagestreamException e) {
      failed.forEach(image::keep);
      return;
    }
    boolean mapperRejected =
        failed.stream().anyMatch(one -> one.stage() == Stage.MAPPER && one.analyzer().isEmpty());
    boolean rejected = failed.stream().anyMatch(one -> one.analyzer().isEmpty());
    if (mapperRejected) {
      image.judged(run, mapped);
      PageRun bare = PageRun.newBuilder(run).build();
      bare.setPages(PageBitmap.empty());
      judged.add(bare);
    }
    if (rejected) {
      analyzeAll(run, failed);
    } else {
      failed.forEach(letter -> analyzeAgain(run, letter));
    }
  }

  /** A run that a stage had rejected: no analyzer has seen it. */
  private void analyzeAll(PageRun run, List<DeadLetter> failed) {
    RunAnalysis analysis = analyze(run, settings.analyzers());
    findings.addAll(analysis.findings());
    image.analyzed(run, analysis.outcome(run));
    analysis.failures().forEach(failure -> image.keep(letter(run, failure)));
    recovered += analysis.failures().isEmpty() ? failed.size() : 0;
  }

  private void analyzeAgain(PageRun run, DeadLetter failed) {
    RunAnalysis analysis =
        analyze(
            run,
            settings.analyzers().with(settings.analyzers().selection().only(failed.analyzer())));
    Map<String, Long> added = new HashMap<>();
    for (Finding finding : analysis.findings()) {
      if (known.add(finding.getFindingId())) {
        findings.add(finding);
        added.merge(finding.getKind(), 1L, Long::sum);
      }
    }
    if (analysis.failures().isEmpty()) {
      image.recovered(failed, run, added, analysis.outcome(run));
      recovered++;
    } else {
      image.failedAgain(failed, letter(run, analysis.failures().getFirst()), added);
    }
  }

  private RunAnalysis analyze(PageRun run, AnalyzerStage.Settings analyzers) {
    // A separate lane: a run that hangs must not prevent the next one from being analyzed.
    try (AnalyzerLane lane = new AnalyzerLane(analyzers)) {
      return lane.analyze(image.manifest(), run);
    }
  }

  private DeadLetter letter(PageRun run, RunAnalysis.Failure failure) {
    return DeadLetter.of(
            Stage.ANALYZERS,
            ErrorCode.ANALYSIS_FAILED,
            failure.reason(),
            failure.message(),
            "retry")
        .by(failure.analyzer())
        .run(run);
  }

  String imageId() {
    return image.manifest().getImageId();
  }

  /** The current ledger of the image. */
  ImageLedger ledger() {
    return image.ledger();
  }

  /** Runs that have only now received verdicts, by address. */
  List<PageRun> judged() {
    return List.copyOf(judged);
  }

  /** The findings. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  long tried() {
    return tried;
  }

  long recovered() {
    return recovered;
  }
}
