package io.pagestream.command;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.CaseStatus;
import io.pagestream.cases.casefolder.JobProgress;
import io.pagestream.cases.terminal.TerminalWriter;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Quantities;
import io.pagestream.cases.text.Words;
import io.pagestream.program.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream status}: the state of a case and of the job that works on it. */
@Command(
    name = "status",
    description = {
      "Show the state of a case: its images, what failed, and the progress of the job that is"
          + " running in its folder, or that was stopped there.",
      "Without a case, show the images of a cluster, the work that its stages have still to do,"
          + " and its dead letters.",
      "",
      "Only reads, so that a running job is not disturbed."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream status cases/april",
      "  pagestream status cases/april --json",
      "  pagestream status --bootstrap-servers kafka:9092",
      "",
      "Exit code: 0 finished and nothing failed, 1 unfinished, or something failed, 2 no case"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_CHARACTERS = 200;
  private static final int MOST_LABEL = 60;

  @Parameters(
      arity = "0..1",
      paramLabel = "CASE",
      description = "The case folder; without it, the cluster.")
  private @Nullable Path folder;

  @Mixin private ClusterOptions cluster;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (folder != null) {
      return ofCase(folder);
    }
    if (!cluster.isNamed()) {
      throw new ParameterException(
          spec.commandLine(), "Missing: a case folder, or --bootstrap-servers");
    }
    ClusterStatus status = ClusterStatus.of(cluster);
    print(status.tree(), status.lines());
    return status.isFine() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private void print(Map<String, Object> tree, List<String> lines) {
    TerminalWriter out = TerminalWriter.of(spec.commandLine().getOut());
    (json ? Trees.json(tree).lines() : lines.stream()).forEach(out::println);
    out.flush();
  }

  private int ofCase(Path place) throws IOException {
    CaseStatus status = CaseStatus.of(place);
    print(tree(place, status), lines(place, status));
    boolean fine =
        status.state() == CaseStatus.State.FINISHED
            && status.missing().isEmpty()
            && status.warning().isEmpty()
            && status.images().stream()
                .allMatch(image -> image.failures() == 0 && image.state().equals("in case"));
    return fine ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private static List<String> lines(Path folder, CaseStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "case %s: %s"
            .formatted(
                HostileText.printable(folder.toString(), MOST_CHARACTERS),
                switch (status.state()) {
                  case RUNNING -> "a job is running";
                  case UNFINISHED ->
                      "UNFINISHED; run the same analyze command again, which goes on where it"
                          + " stopped";
                  case FINISHED -> "finished";
                }));
    if (!status.warning().isEmpty()) {
      lines.add("WARNING: " + HostileText.printable(status.warning(), MOST_CHARACTERS));
    }
    status.progress().ifPresent(progress -> lines.addAll(progress(progress)));
    int width = status.images().stream().mapToInt(image -> label(image).length()).max().orElse(0);
    String row = "  %-" + Math.max(5, width) + "s  %-10s %14s %8s %8s";
    lines.add(row.formatted("image", "state", "pages", "doubts", "failures"));
    for (CaseStatus.ImageStatus image : status.images()) {
      lines.add(
          row.formatted(
              label(image),
              image.state(),
              Quantities.count(image.pages()),
              Quantities.count(image.doubts()),
              Quantities.count(image.failures())));
    }
    status
        .missing()
        .forEach(missing ->
            lines.add("NOT ANALYZED: " + HostileText.printable(missing, MOST_CHARACTERS)));
    if (status.images().stream().anyMatch(image -> image.failures() > 0)) {
      lines.add(
          "'pagestream dead-letters list' shows the failures, 'pagestream retry' repeats them");
    }
    return lines;
  }

  private static String label(CaseStatus.ImageStatus image) {
    return HostileText.printable(image.label(), MOST_LABEL);
  }

  private static List<String> progress(JobProgress progress) {
    return List.of(
        "  %s, %d of %d images read, ETA %s"
            .formatted(
                progress
                    .share()
                    .map(share -> "%.1f%% done".formatted(100 * share))
                    .orElse("%s pages done".formatted(Quantities.count(progress.pages()))),
                progress.imagesEnded(),
                progress.images(),
                progress.left().map(Quantities::clock).orElse("-:--")),
        "  mapper %s pages, analyzers %s pages, %s findings"
            .formatted(
                Quantities.count(progress.mapperPages()),
                Quantities.count(progress.pages()),
                Quantities.count(progress.findings())));
  }

  private static Map<String, Object> tree(Path folder, CaseStatus status) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("case", folder.toString());
    tree.put("state", Words.of(status.state()));
    tree.put("warning", status.warning());
    tree.put("jobs", status.facts().map(CaseFacts::jobs).map(List::size).orElse(0));
    status
        .progress()
        .ifPresent(progress -> {
          Map<String, Object> now = new LinkedHashMap<>();
          now.put("images", progress.images());
          now.put("imagesEnded", progress.imagesEnded());
          now.put("mapperPages", progress.mapperPages());
          now.put("analyzersPages", progress.pages());
          now.put("findings", progress.findings());
          progress.share().ifPresent(share -> now.put("share", share));
          progress.left().ifPresent(left -> now.put("secondsLeft", left.toSeconds()));
          tree.put("progress", now);
        });
    tree.put(
        "images",
        status.images().stream()
            .map(image -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("label", image.label());
              one.put("state", image.state());
              one.put("pages", image.pages());
              one.put("doubts", image.doubts());
              one.put("failures", image.failures());
              return one;
            })
            .toList());
    tree.put("notAnalyzed", status.missing());
    return tree;
  }
}
