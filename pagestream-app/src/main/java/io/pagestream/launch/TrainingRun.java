package io.pagestream.launch;

import io.pagestream.broker.BrokerSettings;
import io.pagestream.broker.EmbeddedBroker;
import io.pagestream.broker.TopicCreation;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.page.Pages;
import io.pagestream.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Performs the work of a short run, so that the JVM can record which classes were loaded and which
 * methods were hot. The launcher runs it once after a build with {@code -XX:AOTCacheOutput}; the
 * resulting cache saves later runs most of their start-up time.
 */
final class TrainingRun {
  /** Enough for some hundred runs of pages; more does not improve the cache. */
  private static final int IMAGE_PAGES = 16_384;

  private TrainingRun() {}

  /** Works in a temporary folder and prints the result of each part on standard output. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createTempDirectory("pagestream-training-");
    try {
      System.out.println("version: " + Main.run("--version"));
      System.out.println("help: " + Main.run("--help"));
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(BrokerSettings.passing(folder.resolve("broker")))) {
        new TopicCreation(broker.connection(), Topics.DEFAULT_PREFIX, 4, (short) 1).create();
        System.out.println("broker: " + broker.startMillis() + " ms");
      }
      Path image = writeImage(folder.resolve("training.raw"));
      Path caseFolder = folder.resolve("case");
      System.out.println("inspect: " + Main.run("inspect", image.toString()));
      System.out.println(
          "whatif: " + Main.run("whatif", image.toString(), "0x1000", "0x2000", "cached"));
      System.out.println(
          "analyze: " + Main.run("analyze", image.toString(), "--out", caseFolder.toString()));
    } finally {
      delete(folder);
    }
    // Threads left behind by a bug must not block the launcher.
    System.exit(ExitCode.DONE);
  }

  /** A raw image that exercises every analyzer: text, noise and empty pages. */
  private static Path writeImage(Path file) throws IOException {
    Random random = new Random(25);
    byte[] page = new byte[Pages.SIZE];
    byte[] text =
        "mail someone@example.org or see https://example.org/a?b=c at 192.0.2.17, card 4111111111111111 "
            .getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < IMAGE_PAGES; i++) {
        switch (i % 4) {
          case 0 -> Arrays.fill(page, (byte) 0);
          case 1 -> random.nextBytes(page);
          default -> System.arraycopy(text, 0, page, i % (page.length - text.length), text.length);
        }
        out.write(page);
      }
    }
    return file;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
