package io.pagestream.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An analysis of the sample that takes long: runs of one page, and little in flight. */
final class LongJob {
  private LongJob() {}

  /** Its command line. */
  static String[] arguments(Path caseFolder, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("analyze", "--quiet", "--run-pages", "1", "--max-in-flight", "16"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--out", caseFolder.toString(), Repository.SAMPLE.toString()));
    return arguments.toArray(String[]::new);
  }
}
