package io.pagestream.analyzers.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How reliable a kind of findings is: {@code kinds.tsv} has a line for each kind of the catalog.
 *
 * @param validation the checks of a finding, in a few words
 * @param inRandom false findings in 1 GiB of random bytes, {@code -} if not measured
 * @param inCompressed false findings in 1 GiB of compressed data, {@code -} if not measured
 */
public record KindNote(String validation, String inRandom, String inCompressed) {
  private static final Map<String, KindNote> ALL = read();

  private static Map<String, KindNote> read() {
    try (InputStream file =
        Objects.requireNonNull(KindNote.class.getResourceAsStream("kinds.tsv"))) {
      Map<String, KindNote> all = new HashMap<>();
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(fields -> all.put(fields[0], new KindNote(fields[3], fields[1], fields[2])));
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all kinds that have a note. */
  static Set<String> kinds() {
    return ALL.keySet();
  }

  /**
   * The note of a kind.
   *
   * @throws NullPointerException if no analyzer of the catalog reports the kind
   */
  public static KindNote of(String kind) {
    return Objects.requireNonNull(ALL.get(kind), kind);
  }
}
