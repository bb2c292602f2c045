package io.pagestream.command;

import io.pagestream.batch.BatchInput;
import io.pagestream.batch.FileList;
import io.pagestream.batch.GivenNames;
import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.text.HostileText;
import io.pagestream.images.OpenOptions;
import io.pagestream.pipeline.AnalyzeJob;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for several images: which they are, what they are called, and in what order. */
final class BatchOptions {
  private static final int MOST_CHARACTERS = 1000;
  private static final int MOST_SKIPPED = 20;

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description = {
        "Read the names of images from this file, or from standard input (-): one path a line, or"
            + " separated by NUL bytes, as 'find' writes them."
      })
  private @Nullable String filesFrom;

  @Option(
      names = "--label",
      paramLabel = "[FILE=]LABEL",
      description = {
        "The label of an image, shown with every finding (default: the shortest end of its path"
            + " that no other image of the case has). FILE= names the image if there are several."
      })
  private List<String> labels = List.of();

  @Option(
      names = "--host",
      paramLabel = "[FILE=]HOST",
      description = "The machine that an image, or all images, were taken from.")
  private List<String> hosts = List.of();

  @Option(
      names = "--evidence-id",
      paramLabel = "[FILE=]ID",
      description = "The id of an image, or of all images, as an exhibit.")
  private List<String> evidenceIds = List.of();

  @Option(names = "--case-id", paramLabel = "ID", description = "The id of the case.")
  private String caseId = "";

  @Option(names = "--examiner", paramLabel = "NAME", description = "The name of the examiner.")
  private String examiner = "";

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images that are read at a time, 1 to 16 (default: ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--smallest-first",
      description = "Read small images before large ones (default: in the given order).")
  private boolean smallestFirst;

  /**
   * The images among the arguments and in the list.
   *
   * @param arguments files, folders and patterns
   * @param options the options with which the images will be opened
   * @param output the case folder, which is not searched
   * @param err receives what was passed over
   */
  BatchInput.Found find(
      List<Path> arguments, @Nullable Path output, OpenOptions options, PrintWriter err) {
    List<Path> given = new ArrayList<>(arguments);
    if (filesFrom != null) {
      given.addAll(listed(filesFrom));
    }
    if (given.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.USAGE, "no image given", "name image files, folders, or --files-from FILE");
    }
    Set<Path> excluded = output == null ? Set.of() : Set.of(output.toAbsolutePath().normalize());
    BatchInput.Found found = BatchInput.find(given, excluded, options);
    found.skipped().stream()
        .limit(MOST_SKIPPED)
        .forEach(what -> err.println("skipped: " + HostileText.printable(what, MOST_CHARACTERS)));
    int more = found.skipped().size() - MOST_SKIPPED;
    if (more > 0) {
      err.printf("skipped: %,d more files, listed in manifest.json%n", more);
    }
    err.flush();
    return found;
  }

  private static List<Path> listed(String name) {
    try {
      if (name.equals("-")) {
        return FileList.read(System.in, "standard input");
      }
      try (InputStream in = Files.newInputStream(Path.of(name))) {
        return FileList.read(in, name);
      }
    } catch (IOException e) {
      throw PagestreamException.inFile(
              Files.exists(Path.of(name)) ? ErrorCode.FILE_NOT_READABLE : ErrorCode.FILE_NOT_FOUND,
              name,
              "the list of images cannot be read: " + e.getMessage(),
              "check its name and permissions")
          .causedBy(e);
    }
  }

  /** Whether the command line names images. */
  boolean hasList() {
    return filesFrom != null;
  }

  /** The names that the user gives. */
  GivenNames names() {
    return new GivenNames(labels, hosts, evidenceIds);
  }

  /** The facts with the names of the case. */
  CaseFacts named(CaseFacts facts) {
    return facts.named(caseId, examiner);
  }

  /**
   * How the images are processed.
   *
   * @param imageSettings options that affect how images are opened
   */
  AnalyzeJob.Batch batch(Map<String, String> imageSettings) {
    return new AnalyzeJob.Batch(
        Bounds.check("--parallel", parallel, 1, 16), smallestFirst, imageSettings);
  }
}
