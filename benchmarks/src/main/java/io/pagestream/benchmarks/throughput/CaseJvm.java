package io.pagestream.benchmarks.throughput;

import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.schemas.connection.ConnectionFile;
import java.io.OutputStream;
import java.nio.file.Path;

/** What a JVM runs that is started for one case, so that the figures of two cases never mix. */
public final class CaseJvm {
  private CaseJvm() {}

  /**
   * Runs one case, printing a line for each pass.
   *
   * @param args the case, the broker's client properties, the broker's process, the image, a
   *     directory for the case's files, passes, runs of the filled topics
   */
  public static void main(String... args) throws Exception {
    Lab lab =
        new Lab(
            Path.of(args[1]),
            Long.parseLong(args[2]),
            Path.of(args[3]),
            Path.of(args[4]),
            Integer.parseInt(args[5]));
    long runs = Long.parseLong(args[6]);
    switch (args[0]) {
      case "broker" -> serve(lab);
      case "fill" -> StageCase.fill(lab);
      case "producer" -> ProducerCase.run(lab);
      case "mapper" -> StageCase.runMapper(lab, runs);
      case "analyzers" -> StageCase.runAnalyzers(lab, runs);
      case "ceiling" -> CeilingCase.run(lab);
      case "analyze" -> JobCase.run(lab);
      default -> throw new IllegalArgumentException(args[0]);
    }
    // Threads of clients that are still closing must not be measured, nor waited for.
    System.exit(0);
  }

  /** A broker until the standard input ends, which it also does when the parent dies. */
  private static void serve(Lab lab) throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.passing(lab.scratch().resolve("broker")))) {
      Path config = lab.scratch().resolve("broker.properties");
      ConnectionFile.write(config, broker.connection());
      System.out.println("broker\t" + config);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
