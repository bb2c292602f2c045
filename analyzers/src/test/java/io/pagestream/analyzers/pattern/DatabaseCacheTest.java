package io.pagestream.analyzers.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compiled database is accessible only to its owner, and only such files are passed to the
 * library.
 */
final class DatabaseCacheTest {
  private static final List<String> EXPRESSIONS = List.of("ab", "c[de]");

  @TempDir Path parent;
  private Path folder;
  private DatabaseCache cache;

  @BeforeEach
  void open() {
    folder = parent.resolve("cache/pagestream");
    cache = new DatabaseCache(folder);
  }

  @Test
  void aKeptDatabaseFindsTheSame() throws IOException {
    assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
    Path file = onlyFile();
    long written = Files.getLastModifiedTime(file).toMillis();
    assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(written);
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void anotherSetOrAnotherVersionHasAnotherKey() {
    String key = DatabaseCache.key("5.4.11", EXPRESSIONS);
    assertThat(DatabaseCache.key("5.4.12", EXPRESSIONS)).isNotEqualTo(key);
    assertThat(DatabaseCache.key("5.4.11", List.of("abc[de]"))).isNotEqualTo(key);
    assertThat(DatabaseCache.key("5.4.11", List.copyOf(EXPRESSIONS))).isEqualTo(key);
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    PatternDatabase.of(EXPRESSIONS, cache);
    Path file = onlyFile();
    byte[] right = Files.readAllBytes(file);
    for (int at : new int[] {0, 31, 32, 40, right.length - 1}) {
      byte[] wrong = right.clone();
      wrong[at] ^= 1;
      Files.write(file, wrong);
      assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
      assertThat(Files.readAllBytes(file)).hasSameSizeAs(right);
    }
    for (int length : new int[] {0, 31, 32, right.length / 2}) {
      Files.write(file, java.util.Arrays.copyOf(right, length));
      assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
      assertThat(Files.size(file)).isEqualTo(right.length);
    }
  }

  /** Bytes with a correct digest that are not a database: the library itself refuses them. */
  @Test
  void bytesThatAreNoDatabaseAreReplaced() throws IOException {
    PatternDatabase.of(EXPRESSIONS, cache);
    Path file = onlyFile();
    long size = Files.size(file);
    String key = file.getFileName().toString().replaceAll("patterns-|\\.hsdb", "");
    cache.write(key, new byte[512]);
    assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
    assertThat(Files.size(file)).isEqualTo(size);
  }

  @Test
  void whatOthersCanWriteOrIsALinkIsNotUsed() throws IOException {
    cache.write("k", new byte[] {1, 2, 3});
    assertThat(cache.read("k")).containsExactly(1, 2, 3);
    Path file = onlyFile();
    permit(file, "rw-rw----");
    assertThat(cache.read("k")).isNull();
    permit(file, "rw-------");
    permit(folder, "rwxrwxrwx");
    assertThat(cache.read("k")).isNull();
    cache.write("other", new byte[] {4});
    permit(folder, "rwx------");
    assertThat(cache.read("other")).isNull();

    Path elsewhere = parent.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(cache.read("k")).isNull();
    cache.write("k", new byte[] {5});
    assertThat(cache.read("k")).containsExactly(5);
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.size(elsewhere)).as("the link's target is left alone").isEqualTo(32 + 3);
  }

  @Test
  void aFolderThatCannotBeMadeIsDoneWithout() throws IOException {
    Files.write(parent.resolve("cache"), new byte[0]);
    assertThat(matches(PatternDatabase.of(EXPRESSIONS, cache))).isEqualTo(2);
  }

  private static int matches(PatternDatabase database) {
    try (Arena arena = Arena.ofConfined();
        PatternScanner scanner = new PatternScanner(database)) {
      return scanner.scan(arena.allocateFrom("xabxcex"), 0, 7);
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void permit(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
