package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.cases.collect.CollectSettings;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.disk.DiskBudget;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.identity.HashProgress;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One job on one machine: images in, a case folder out. Starts a broker and the stages in this
 * process, streams the images one after the other on a separate thread, and collects until every
 * page is accounted for.
 */
public final class AnalyzeJob {
  private final Settings settings;
  private final List<ImageSubmission> images;

  /**
   * Settings of the job.
   *
   * @param pipeline the broker and the stages; its scratch directory is replaced by that of the
   *     case folder
   * @param runPages pages in a full run
   * @param maxInFlightBytes maximum number of page bytes in flight
   * @param payload how the analyzers receive the bytes of pages
   * @param open how images are opened
   * @param stallTimeout time without progress after which the job fails
   * @param diskBudget maximum disk space of the job in bytes, if the user limits it
   */
  public record Settings(
      LocalPipeline.Settings pipeline,
      int runPages,
      long maxInFlightBytes,
      PayloadMode payload,
      OpenOptions open,
      Duration stallTimeout,
      Optional<Long> diskBudget) {}

  /**
   * Result of the job.
   *
   * @param summary the table, safe for a terminal
   * @param failedImages images that could not be opened or streamed, as messages
   * @param collected the collected case; its {@code failure} indicates whether it is complete
   * @param sealSha256 SHA-256 of the case's manifest, which seals the other files
   */
  public record Result(
      List<String> summary,
      List<PagestreamException> failedImages,
      CollectedCase collected,
      String sealSha256) {}

  /** A job for images; an image that is given twice is analyzed once. */
  public AnalyzeJob(Settings settings, List<ImageSubmission> images) {
    this.settings = settings;
    this.images = List.copyOf(images);
  }

  /**
   * Runs the job until it is complete.
   *
   * @param folder the case folder
   * @param facts facts from the command: version, command line, start
   * @throws PagestreamException if none of the images could be opened (the first one's error, the
   *     others suppressed in it), or the broker, a stage or the disk failed
   */
  public Result run(CaseFolder folder, CaseFacts facts, CollectListener listener)
      throws InterruptedException {
    return run(folder, facts, listener, kafka -> CaseFollower.NONE);
  }

  /**
   * Runs the job until it is complete, with a follower of its case.
   *
   * @param folder the case folder
   * @param facts facts from the command: version, command line, start
   * @param follower provides the follower when the broker is running and its topics are empty
   * @throws PagestreamException as {@link #run(CaseFolder, CaseFacts, CollectListener)}
   */
  public Result run(
      CaseFolder folder,
      CaseFacts facts,
      CollectListener listener,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    SharedFiles files = new SharedFiles();
    LocalPipeline.Settings given = settings.pipeline().with(files);
    DiskBudget budget = DiskBudget.of(folder.path(), folder.scratch(), settings.diskBudget());
    try (ImageBatch batch = ImageBatch.start(images);
        LocalPipeline pipeline = LocalPipeline.start(given.in(folder.scratch()));
        FindingCollector collector =
            new FindingCollector(collecting(pipeline, folder), follower.apply(pipeline.kafka()))) {
      StreamSettings streaming =
          new StreamSettings(
              pipeline.kafka(),
              Topics.DEFAULT_PREFIX,
              settings.runPages(),
              settings.maxInFlightBytes(),
              "lz4",
              settings.payload(),
              false,
              ImageJobs.of(given.mapper(), given.analyzers()),
              true,
              false);
      collector.moreMayCome(true);
      SubmissionThread submission =
          new SubmissionThread(
              new SubmissionThread.Task(
                  batch,
                  streaming,
                  files,
                  settings
                      .open()
                      .withScratchDirectory(folder.scratch())
                      .withProgress(budget.decompressing()),
                  settings.stallTimeout(),
                  budget,
                  collector));
      submission.start();
      CollectedCase collected =
          collector.collect(progress -> {
            pipeline.throwIfFailed();
            submission.throwIfFailed();
            Optional<PagestreamException> end = budget.check();
            if (end.isPresent()) {
              endEarly(submission, pipeline);
              collector.giveUp(end.get());
            } else {
              show(progress, submission, listener);
            }
          });
      submission.join();
      return result(folder, facts, collected.withNotes(submission.notes()), submission, budget);
    }
  }

  /** Ends everything that uses disk space, so that there is room to write the case. */
  private static void endEarly(SubmissionThread submission, LocalPipeline pipeline) {
    try {
      submission.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.close();
  }

  /** The progress of the next image is shown only while there is no other progress. */
  private static void show(
      CollectProgress progress, SubmissionThread submission, CollectListener listener) {
    Optional<HashProgress> hashing = submission.hashing();
    Optional<SubmissionThread.Search> search = submission.search();
    boolean idle = progress.analyzers().pages() >= progress.pages();
    if (idle && hashing.isPresent()) {
      HashProgress now = hashing.get();
      listener.hashing(now.file(), now.bytesDone(), now.bytes());
    } else if (idle && search.isPresent()) {
      listener.searchingPageTables(search.get().pagesDone(), search.get().pages());
    } else {
      listener.progress(progress);
    }
  }

  private CollectSettings collecting(LocalPipeline pipeline, CaseFolder folder) {
    return new CollectSettings(
        pipeline.kafka(),
        Topics.DEFAULT_PREFIX,
        List.of(),
        settings.stallTimeout(),
        folder.scratch());
  }

  private Result result(
      CaseFolder folder,
      CaseFacts facts,
      CollectedCase collected,
      SubmissionThread submission,
      DiskBudget budget) {
    List<PagestreamException> failedImages = submission.failedImages();
    if (failedImages.size() == images.size()) {
      PagestreamException first = failedImages.getFirst();
      failedImages.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    CaseFacts finished =
        new CaseFacts(
            facts.toolVersion(),
            facts.commandLine(),
            facts.started(),
            Instant.now(),
            inForce(budget),
            notAnalyzed(submission));
    WrittenCase written = folder.write(finished, collected);
    return new Result(written.summary(), failedImages, collected, written.sealSha256());
  }

  private static List<String> notAnalyzed(SubmissionThread submission) {
    Stream<String> failed =
        submission.failedImages().stream().map(image -> String.valueOf(image.getMessage()));
    return Stream.concat(failed, submission.skipped().stream()).toList();
  }

  private Map<String, String> inForce(DiskBudget budget) {
    Map<String, String> inForce = new TreeMap<>(settings.pipeline().mapper().choices());
    inForce.put("run-pages", Integer.toString(settings.runPages()));
    inForce.put("partitions", Integer.toString(settings.pipeline().partitions()));
    inForce.put("instances", Integer.toString(settings.pipeline().instances()));
    inForce.put("threads", Integer.toString(settings.pipeline().threads()));
    inForce.put("payload", settings.payload().name().toLowerCase(Locale.ROOT));
    inForce.put("max-in-flight-bytes", Long.toString(settings.maxInFlightBytes()));
    inForce.putAll(settings.pipeline().analyzers().selection().settings());
    inForce.put("finding-cap", settings.pipeline().analyzers().cap().word());
    inForce.put("disk-budget-bytes", Long.toString(budget.bytes()));
    return inForce;
  }
}
