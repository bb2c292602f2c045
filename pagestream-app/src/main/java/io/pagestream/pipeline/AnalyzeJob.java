package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseFolder;
import io.pagestream.cases.casefolder.GivenImage;
import io.pagestream.cases.casefolder.Summary;
import io.pagestream.cases.casefolder.WrittenCase;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.collect.CollectListener;
import io.pagestream.cases.collect.CollectProgress;
import io.pagestream.cases.collect.CollectSettings;
import io.pagestream.cases.collect.CollectedCase;
import io.pagestream.cases.collect.FindingCollector;
import io.pagestream.cases.collect.Recollection;
import io.pagestream.disk.DiskBudget;
import io.pagestream.images.OpenOptions;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One job on one machine: images in, a case folder out. Starts a broker and the stages in this
 * process, streams the images on separate threads, and collects until every page is accounted for.
 * Each image that is complete is written to the disk, so that a job that is killed goes on from
 * there (docs/decisions/0032-resuming-a-batch.md).
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
   * @param batch how several images are processed
   */
  public record Settings(
      LocalPipeline.Settings pipeline,
      int runPages,
      long maxInFlightBytes,
      PayloadMode payload,
      OpenOptions open,
      Duration stallTimeout,
      Optional<Long> diskBudget,
      Batch batch) {
    /** For images one after the other. */
    public Settings(
        LocalPipeline.Settings pipeline,
        int runPages,
        long maxInFlightBytes,
        PayloadMode payload,
        OpenOptions open,
        Duration stallTimeout,
        Optional<Long> diskBudget) {
      this(
          pipeline,
          runPages,
          maxInFlightBytes,
          payload,
          open,
          stallTimeout,
          diskBudget,
          Batch.ONE_BY_ONE);
    }
  }

  /**
   * How several images are processed.
   *
   * @param parallel images that are streamed at a time
   * @param smallestFirst whether small images are streamed before large ones; otherwise in the
   *     given order
   * @param imageSettings options that affect how images are opened, by name; part of the settings
   *     in the manifest
   */
  public record Batch(int parallel, boolean smallestFirst, Map<String, String> imageSettings) {
    /** One image after the other, in the given order. */
    public static final Batch ONE_BY_ONE = new Batch(1, false, Map.of());

    /** Copies the map. */
    public Batch {
      imageSettings = Map.copyOf(imageSettings);
    }
  }

  /**
   * Result of the job.
   *
   * @param summary the table, safe for a terminal
   * @param failedImages images that could not be opened or streamed, as messages
   * @param collected the collected case; its {@code failure} indicates whether it is complete
   * @param sealSha256 SHA-256 of the case's manifest, which seals the other files
   * @param exitCode exit code of the command, if {@code collected} has no failure
   */
  public record Result(
      List<String> summary,
      List<PagestreamException> failedImages,
      CollectedCase collected,
      String sealSha256,
      int exitCode) {}

  /** A job for images; the same content is analyzed once. */
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
    DiskBudget budget = DiskBudget.of(folder.path(), folder.scratch(), settings.diskBudget());
    Map<String, String> inForce = inForce(budget);
    KnownImages known = KnownImages.of(folder, images, facts.toolVersion(), inForce);
    BatchPlan plan = BatchPlan.of(images, known, settings.batch().smallestFirst());
    if (plan.todo().isEmpty()) {
      return withoutAnalysis(folder, facts, inForce, plan);
    }
    CaseFacts begun =
        facts.ended(facts.started(), inForce, List.of(), plan.planned(), known.jobs());
    boolean resumable = images.size() > 1 || folder.adds();
    if (resumable) {
      folder.unfinished().plan(begun);
    }
    return analyze(folder, begun, resumable, plan, budget, listener, follower);
  }

  private Result analyze(
      CaseFolder folder,
      CaseFacts facts,
      boolean resumable,
      BatchPlan plan,
      DiskBudget budget,
      CollectListener listener,
      Function<KafkaConnection, CaseFollower> follower)
      throws InterruptedException {
    SharedFiles files = new SharedFiles();
    LocalPipeline.Settings given = settings.pipeline().with(files);
    try (ImageBatch batch = ImageBatch.start(plan.todo(), plan.known().labels());
        LocalPipeline pipeline = LocalPipeline.start(given.in(folder.scratch()));
        FindingCollector collector =
            new FindingCollector(collecting(pipeline, folder), follower.apply(pipeline.kafka()))) {
      plan.known().giveAll(collector.recollection());
      collector.moreMayCome(true);
      SubmissionThreads submission =
          new SubmissionThreads(
              new SubmissionThreads.Task(
                  batch,
                  settings.batch().parallel(),
                  plan.known().inCase(),
                  streaming(pipeline),
                  files,
                  settings.open().withScratchDirectory(folder.scratch()),
                  settings.stallTimeout(),
                  budget,
                  collector));
      PublishedProgress published = new PublishedProgress(folder.scratch());
      submission.start();
      CollectedCase collected =
          collector.collect(
              new CollectListener() {
                @Override
                public void progress(CollectProgress progress) {
                  pipeline.throwIfFailed();
                  submission.throwIfFailed();
                  Optional<PagestreamException> end = budget.check();
                  if (end.isPresent()) {
                    endEarly(submission, pipeline);
                    collector.giveUp(end.get());
                  } else {
                    CollectProgress measured = plan.measured(progress);
                    published.publish(measured);
                    ShownProgress.show(measured, submission, listener);
                  }
                }

                @Override
                public void completed(CollectedCase image) {
                  if (resumable && image.failure() == null) {
                    folder.unfinished().write(facts, image);
                  }
                }
              });
      submission.join();
      return result(folder, facts, collected, plan, submission);
    }
  }

  private StreamSettings streaming(LocalPipeline pipeline) {
    StreamSettings streaming =
        new StreamSettings(
            pipeline.kafka(),
            Topics.DEFAULT_PREFIX,
            settings.runPages(),
            settings.maxInFlightBytes() / Math.max(1, settings.batch().parallel()),
            "lz4",
            settings.payload(),
            false,
            ImageJobs.of(settings.pipeline().mapper(), settings.pipeline().analyzers()),
            true,
            false);
    return streaming.with(
        KernelFindings.of(
            settings.open().kernelRecords(), settings.pipeline().analyzers().selection().rules()));
  }

  /** Ends everything that uses disk space, so that there is room to write the case. */
  private static void endEarly(SubmissionThreads submission, LocalPipeline pipeline) {
    try {
      submission.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.close();
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
      BatchPlan plan,
      SubmissionThreads submission) {
    List<PagestreamException> failedImages = submission.failedImages();
    if (failedImages.size() == images.size()) {
      PagestreamException first = failedImages.getFirst();
      failedImages.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    List<GivenImage> given = plan.given(submission);
    CollectedCase ordered =
        collected
            .withNotes(plan.known().notes())
            .withNotes(submission.notes())
            .inOrder(plan.order(given));
    CaseFacts finished = plan.finished(facts, given);
    WrittenCase written = folder.write(finished, ordered);
    return new Result(
        written.summary(),
        failedImages,
        ordered,
        written.sealSha256(),
        ordered.outcome(finished.notAnalysed().size()).exitCode());
  }

  /** The job of which every image is known: the case is written from what is there, if at all. */
  private static Result withoutAnalysis(
      CaseFolder folder, CaseFacts facts, Map<String, String> inForce, BatchPlan plan) {
    KnownImages known = plan.known();
    try (Recollection again = new Recollection(List.of(), folder.scratch())) {
      known.giveAll(again);
      List<GivenImage> given = plan.planned();
      CollectedCase collected = again.collected(known.notes()).inOrder(plan.order(given));
      CaseFacts begun = facts.ended(facts.started(), inForce, List.of(), List.of(), known.jobs());
      CaseFacts finished = plan.finished(begun, given);
      if (known.completed().isEmpty()) {
        return new Result(
            Summary.lines(finished, collected),
            List.of(),
            collected,
            known.seal(),
            known.before().map(before -> before.exitCode()).orElse(0));
      }
      WrittenCase written = folder.write(finished, collected);
      return new Result(
          written.summary(),
          List.of(),
          collected,
          written.sealSha256(),
          collected.outcome(finished.notAnalysed().size()).exitCode());
    }
  }

  private Map<String, String> inForce(DiskBudget budget) {
    Map<String, String> inForce = new TreeMap<>(settings.pipeline().mapper().choices());
    inForce.putAll(settings.batch().imageSettings());
    inForce.put("run-pages", Integer.toString(settings.runPages()));
    inForce.put("partitions", Integer.toString(settings.pipeline().partitions()));
    inForce.put("instances", Integer.toString(settings.pipeline().instances()));
    inForce.put("threads", Integer.toString(settings.pipeline().threads()));
    inForce.put("parallel", Integer.toString(settings.batch().parallel()));
    inForce.put("payload", settings.payload().name().toLowerCase(Locale.ROOT));
    inForce.put("max-in-flight-bytes", Long.toString(settings.maxInFlightBytes()));
    inForce.putAll(settings.pipeline().analyzers().selection().settings());
    inForce.put("finding-cap", settings.pipeline().analyzers().cap().word());
    inForce.put("disk-budget-bytes", Long.toString(budget.bytes()));
    return inForce;
  }
}
