package io.pagestream.system;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the work is cut and spread, the sample gives the same findings. */
final class SameFindingsIT {
  @TempDir static Path folder;
  private static FinishedCase reference;

  static Stream<LocalJob> jobs() {
    return IntStream.of(1, 7, 64, 256)
        .boxed()
        .flatMap(runPages ->
            Stream.of(
                new LocalJob(runPages, 1, 1),
                new LocalJob(runPages, 1, 3),
                new LocalJob(runPages, 6, 1),
                new LocalJob(runPages, 6, 3)));
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
