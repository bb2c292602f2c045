package io.pagestream.command;

import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.batch.GivenNames;
import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cluster.ClusterWait;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.container.PipedInput;
import io.pagestream.images.identity.HashProgress;
import io.pagestream.metrics.MetricsServer;
import io.pagestream.metrics.ProducerMetrics;
import io.pagestream.metrics.ProducerProbe;
import io.pagestream.pipeline.ImageBatch;
import io.pagestream.pipeline.ImageJobs;
import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.pipeline.KernelFindings;
import io.pagestream.producer.run.PayloadMode;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.RecordRetirement;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamSettings;
import io.pagestream.program.ExitCode;
import io.pagestream.program.Versions;
import io.pagestream.schemas.avro.ImageClosed;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.connection.KafkaConnection;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.Responsible;
import io.pagestream.schemas.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream stage producer}: images in, {@code pages} out. */
@Command(
    name = "producer",
    description = {
      "Stream images to the cluster, one after the other, and wait until the analyzers have"
          + " finished them. If it is restarted after a crash with the same images and options,"
          + " it resumes where it stopped; an image is identified by all of its bytes. An image that"
          + " the cluster has analyzed already is not sent again.",
      "The options that decide how an image is judged and analyzed travel with it: all mappers and"
          + " analyzers apply them."
    })
final class StageProducer implements Callable<Integer> {
  static final String MAPPER = "mapper";
  static final String ANALYZERS = "analyzers";

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "Files of memory images; - for standard input, or named pipes, which are read to their"
              + " end first.")
  private List<Path> files;

  @Option(
      names = "--run-pages",
      paramLabel = "N",
      defaultValue = "64",
      description = "Pages of 4 KiB in one record, 1 to 256 (default: ${DEFAULT-VALUE}).")
  private int runPages;

  @Option(
      names = "--max-in-flight",
      paramLabel = "MIB",
      defaultValue = "1024",
      description =
          "Maximum MiB of pages in flight between reader and analyzers (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxInFlightMib;

  @Option(
      names = "--payload",
      paramLabel = "inline|reference",
      defaultValue = "inline",
      description = {
        "How the analyzers receive the bytes of pages. inline: through the broker (default)."
            + " reference: as positions in the image file, which the analyzers find in the"
            + " folders of their own --images option; pages that the file does not store"
            + " verbatim are sent inline."
      })
  private PayloadMode payload = PayloadMode.INLINE;

  @Option(
      names = "--no-wait",
      description = {
        "End when the broker has all pages. Finished records then stay on its disk until their"
            + " retention ends."
      })
  private boolean noWait;

  @Option(
      names = "--again",
      description = {
        "Analyze an image again that the cluster has analyzed already. The new results replace the"
            + " earlier ones; without this option they are used, and other settings are refused."
      })
  private boolean again;

  @Option(
      names = "--start-over",
      description = {
        "Stream an image that an earlier producer left unfinished with other options again from"
            + " its first run; otherwise such an image is refused.",
        "Use this option only if no producer is working on the image."
      })
  private boolean startOver;

  @Mixin private ClusterOptions cluster;
  @Mixin private MetricsOptions metricsOptions;
  @Mixin private ImageOptions image;
  @Mixin private MapperChoice mapper;
  @Mixin private AnalyzerChoice analyzers;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    List<ImageSubmission> images =
        GivenNames.NONE.submissions(
            ImageGrouping.group(PipedInput.regular(files, System.in), image.options()), Set.of());
    PrintWriter out = spec.commandLine().getOut();
    analyzers.warn(spec.commandLine().getErr());
    ProducerMetrics metrics = new ProducerMetrics(Versions.pagestream());
    ProducerProbe probe = new ProducerProbe();
    try (MetricsServer _ =
        metricsOptions.isOn()
            ? metricsOptions.start("producer", metrics, probe, line -> say(out, line))
            : null) {
      return stream(images, metrics, probe, out);
    }
  }

  private int stream(
      List<ImageSubmission> images, ProducerMetrics metrics, ProducerProbe probe, PrintWriter out)
      throws InterruptedException {
    int failed = 0;
    boolean doubts = false;
    KafkaConnection kafka = connect(out);
    probe.connected();
    try (ImageBatch batch = ImageBatch.start(images);
        RecordRetirement retirement = retirement(kafka);
        ImageStreamer streamer = new ImageStreamer(settings(kafka))) {
      metrics.streamer(streamer);
      for (int place = 0; place < images.size(); place++) {
        Ending ending = stream(batch, place, streamer, metrics, out);
        failed += ending == Ending.FAILED ? 1 : 0;
        doubts |= ending == Ending.DOUBTFUL;
      }
      retirement.now();
    }
    if (failed == images.size()) {
      return ExitCode.BAD_INPUT;
    }
    return failed == 0 && !doubts ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  /** The cluster, when it answers and has the topics. */
  private KafkaConnection connect(PrintWriter out) {
    KafkaConnection kafka = cluster.named();
    Consumer<String> say = line -> say(out, line);
    say.accept("connecting to " + kafka.bootstrapServers());
    try (ClusterWait wait = ClusterWait.forBroker(kafka, cluster.patience(), say)) {
      wait.forTopics(Topics.all().stream().map(topic -> topic.name(cluster.prefix())).toList());
    }
    return kafka;
  }

  private static void say(PrintWriter out, String line) {
    out.println("producer: " + line);
    out.flush();
  }

  /** How the streaming of one image ended. */
  private enum Ending {
    CLEAN,
    DOUBTFUL,
    FAILED
  }

  private Ending stream(
      ImageBatch batch, int place, ImageStreamer streamer, ProducerMetrics metrics, PrintWriter out)
      throws InterruptedException {
    try {
      Printed printed = new Printed(batch.images().get(place).label(), out);
      return switch (batch.stream(place, streamer, image.options(), metrics.before(printed))) {
        case ImageBatch.Outcome.Streamed(String id, ImageClosed closed) ->
            closed.getDoubts().isEmpty() ? Ending.CLEAN : Ending.DOUBTFUL;
        case ImageBatch.Outcome.Duplicate(String id, String note) -> {
          printed.say(note);
          yield Ending.CLEAN;
        }
      };
    } catch (PagestreamException e) {
      if (e.code().responsible() == Responsible.INPUT
          || e.code().responsible() == Responsible.USER) {
        spec.commandLine().getErr().println(e.getMessage());
        return Ending.FAILED;
      }
      throw e;
    }
  }

  /** Prints the progress of an image on the terminal. */
  private static final class Printed implements StreamListener {
    private static final long WAIT_TOLD_SECONDS = 10;
    private static final long HASH_TOLD_NANOS = Duration.ofSeconds(2).toNanos();

    private final String name;
    private final PrintWriter out;
    private long hashToldNanos = System.nanoTime();

    Printed(String name, PrintWriter out) {
      this.name = name;
      this.out = out;
    }

    @Override
    public void hashing(HashProgress progress) {
      if (System.nanoTime() - hashToldNanos >= HASH_TOLD_NANOS) {
        hashToldNanos = System.nanoTime();
        say(
            "hashing %s, %s of %s"
                .formatted(
                    HostileText.printable(progress.file()),
                    Quantities.bytes(progress.bytesDone()),
                    Quantities.bytes(progress.bytes())));
      }
    }

    @Override
    public void searchingPageTables(long pagesDone, long pages) {
      say("searching for page tables, %,d of %,d pages".formatted(pagesDone, pages));
    }

    @Override
    public void opened(ImageManifest manifest) {
      say(
          "image %s, %s, %,d pages"
              .formatted(
                  manifest.getImageId(),
                  manifest.getFormat(),
                  manifest.getRangeMapPages() - manifest.getAbsentPages()));
    }

    @Override
    public void answered(ImageManifest before) {
      say(
          "image %s was sent before with the same settings; its results are on the cluster ('pagestream"
                  .formatted(before.getImageId())
              + " collect', or --again to analyze it again)");
    }

    @Override
    public void waiting(Duration waited, long bytesInFlight) {
      if (waited.toSeconds() % WAIT_TOLD_SECONDS == WAIT_TOLD_SECONDS - 1) {
        say("waiting for downstream stages, %,d bytes in flight".formatted(bytesInFlight));
      }
    }

    @Override
    public void closed(ImageClosed closed) {
      say("sent, %,d runs".formatted(closed.getRunCount()));
      closed.getDoubts().forEach(doubt -> say("DOUBT: " + DoubtText.line(doubt)));
    }

    private void say(String what) {
      out.println(name + ": " + what);
      out.flush();
    }
  }

  private StreamSettings settings(KafkaConnection kafka) {
    AnalyzerStage.Settings analyzing = analyzers.settings();
    return new StreamSettings(
            kafka,
            cluster.prefix(),
            Bounds.check("--run-pages", runPages, 1, 256),
            Bounds.check("--max-in-flight", maxInFlightMib, 16, 1 << 20) * 1024L * 1024L,
            "lz4",
            payload,
            !noWait,
            ImageJobs.of(mapper.options(), analyzing),
            again,
            startOver)
        .with(KernelFindings.of(image.options().kernelRecords(), analyzing.selection().rules()));
  }

  private RecordRetirement retirement(KafkaConnection kafka) {
    String prefix = cluster.prefix();
    return new RecordRetirement(
        kafka,
        List.of(
            new RecordRetirement.Consumed(
                Topics.PAGES.name(prefix), StageService.group(prefix, MAPPER)),
            new RecordRetirement.Consumed(
                Topics.MAPPED_PAGES.name(prefix), StageService.group(prefix, ANALYZERS))));
  }
}
