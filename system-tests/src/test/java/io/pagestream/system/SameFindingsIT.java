package io.pagestream.system;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample results in the same findings for any division and distribution of the work. */
final class SameFindingsIT {
  @TempDir static Path folder;
  private static FinishedCase reference;

  static Stream<LocalJob> jobs() {
    // Each number of partitions with each number of instances, the shortest and longest runs too.
    return Stream.of(
        new LocalJob(1, 1, 1),
        new LocalJob(1, 6, 3),
        new LocalJob(7, 6, 1),
        new LocalJob(256, 1, 3),
        new LocalJob(256, 6, 3));
  }

  @BeforeAll
  static void analyseAsUsual() throws Exception {
    reference = LocalJob.USUAL.run(folder.resolve("reference"), List.of(Repository.SAMPLE));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void findsTheSame(LocalJob job) throws Exception {
    Path caseFolder = folder.resolve(job.toString());
    FinishedCase finished = job.run(caseFolder, List.of(Repository.SAMPLE));
    new Promise.EveryPageAccounted().verify(finished);
    new Promise.SameFindings(reference).verify(finished);
  }
}
