package io.pagestream.analyzers.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the samples of other tests as seeds of a fuzz target, if the system property {@code
 * pagestream.seeds} names the folder of the resources.
 */
public final class FuzzSeeds {
  /** Larger samples are left out: the fuzzer is slow with them. */
  private static final int LARGEST = 6 * 1024;

  /** More samples of one analyzer differ too little. */
  private static final int MOST = 16;

  private FuzzSeeds() {}

  /** The method that is the target of an analyzer. */
  public static String target(String analyzer) {
    List<String> words = List.of(analyzer.split("-"));
    return words.getFirst()
        + words.stream()
            .skip(1)
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  /** Writes a seed, unless it is too large or there are enough. */
  public static void write(Class<?> test, String target, String name, byte[] seed) {
    String resources = System.getProperty("pagestream.seeds", "");
    if (resources.isEmpty() || seed.length > LARGEST) {
      return;
    }
    Path folder =
        Path.of(resources, test.getPackageName().split("\\."))
            .resolve(test.getSimpleName() + "Inputs")
            .resolve(target);
    try {
      Files.createDirectories(folder);
      try (Stream<Path> present = Files.list(folder)) {
        if (present.count() < MOST) {
          String file = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
          Files.write(folder.resolve(file.substring(0, Math.min(file.length(), 60))), seed);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
