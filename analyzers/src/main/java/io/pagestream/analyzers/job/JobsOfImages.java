package io.pagestream.analyzers.job;

import io.pagestream.analyzers.catalog.AnalyzerRegistration;
import io.pagestream.analyzers.stage.AnalyzerJobs;
import io.pagestream.analyzers.stage.AnalyzerSelection;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.PagestreamException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Analyzes each image as the job in its manifest demands; the defaults if it has none. */
public final class JobsOfImages implements AnalyzerJobs {
  /** Settings hold the lists of a job, so that not all that ever arrived are kept. */
  private static final int MOST = 16;

  private final List<AnalyzerRegistration> catalog;
  private final JobFiles files;
  private final PayloadFiles pages;
  private final Map<ImageJob, Answer> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageJob, Answer> eldest) {
          return size() > MOST;
        }
      };
  private @Nullable ImageJob defaults;

  /** A refusal is remembered too, because each run of the image asks again. */
  private sealed interface Answer {
    record Accepted(AnalyzerStage.Settings settings) implements Answer {}

    record Refused(PagestreamException why) implements Answer {}
  }

  /**
   * The jobs of a stage.
   *
   * @param catalog all analyzers of this stage
   * @param files the files that this stage has for jobs
   * @param pages source of page bytes to which runs refer
   */
  public JobsOfImages(List<AnalyzerRegistration> catalog, JobFiles files, PayloadFiles pages) {
    this.catalog = List.copyOf(catalog);
    this.files = files;
    this.pages = pages;
  }

  @Override
  public synchronized AnalyzerStage.Settings settings(ImageManifest manifest) {
    ImageJob job = manifest.getJob();
    ImageJob its = job == null ? defaults() : job;
    return switch (known.computeIfAbsent(its, this::answer)) {
      case Answer.Accepted(AnalyzerStage.Settings settings) -> settings;
      case Answer.Refused(PagestreamException why) -> throw why;
    };
  }

  private Answer answer(ImageJob job) {
    try {
      return new Answer.Accepted(AnalyzerJob.settings(job, catalog, files, pages));
    } catch (PagestreamException e) {
      return new Answer.Refused(e);
    }
  }

  private ImageJob defaults() {
    ImageJob all = defaults;
    if (all == null) {
      all =
          AnalyzerJob.of(
                  AnalyzerStage.Settings.of(AnalyzerSelection.of(catalog, Set.of(), Map.of())))
              .build();
      defaults = all;
    }
    return all;
  }
}
