package io.pagestream.benchmarks.throughput;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.images.OpenOptions;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.pipeline.AnalyzeJob;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.LocalPipeline;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything in one process, from the image to the case folder, again and again in the same JVM: a
 * fresh broker, fresh stages and a fresh case folder each time, but code that is compiled already.
 */
final class JobCase {
  private static final Duration STALL = Duration.ofMinutes(5);

  private JobCase() {}

  static void run(Lab lab) throws Exception {
    AnalyzeJob.Settings settings =
        new AnalyzeJob.Settings(
            new LocalPipeline.Settings(
                lab.scratch(),
                Lab.PARTITIONS,
                Lab.threads(),
                1,
                MapperOptions.defaults(),
                Lab.analyzers()),
            StreamSettings.DEFAULT_RUN_PAGES,
            StreamSettings.DEFAULT_MAX_IN_FLIGHT_BYTES,
            PayloadMode.REFERENCE,
            OpenOptions.defaults(),
            STALL,
            Optional.empty());
    for (int pass = 0; pass < lab.passes(); pass++) {
      Path place = lab.scratch().resolve("case-" + pass);
      lab.measure("analyze", () -> analyze(lab, settings, place));
    }
  }

  private static void analyze(Lab lab, AnalyzeJob.Settings settings, Path place)
      throws InterruptedException {
    Instant now = Instant.now();
    CaseFacts facts = new CaseFacts("benchmark", List.of(), now, now, Map.of(), List.of());
    AnalyzeJob job = new AnalyzeJob(settings, List.of(ImageSubmission.of(List.of(lab.image()))));
    try (CaseFolder folder = CaseFolder.open(place, true)) {
      job.run(folder, facts, progress -> {}).collected().throwIfFailed();
    }
  }
}
