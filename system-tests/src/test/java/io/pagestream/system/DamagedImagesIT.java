package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files, with the command that users enter: either exit code 2 and one clear line, or a
 * finished run that reports unreadable parts. Never a stack trace, never a hang.
 */
final class DamagedImagesIT {
  @TempDir Path folder;

  /** A file of each format and wrapping. */
  static List<String> formats() {
    return List.of(
        "raw.raw.zst",
        "lime.lime.gz",
        "lime-partial.lime.xz",
        "elf64.elf.zst",
        "elf64-excluded.elf.gz",
        "elf32.elf.xz",
        "kdump-zlib.kdump",
        "kdump-lzo.kdump",
        "kdump-snappy.kdump",
        "kdump-zstd.kdump",
        "kdump-mixed-excluded.kdump",
        "flat-kdump-excluded.flat",
        "kdump-split2-1.kdump");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    requireOneClearLine(analyse(write("empty.dump", new byte[0])), "empty.dump");
  }

  @Test
  void refusesWhatIsNoMemoryImage() throws Exception {
    requireOneClearLine(
        analyse(write("notes.txt", "no image".getBytes(StandardCharsets.UTF_8))), "notes.txt");
    byte[] pdf =
        Arrays.copyOf("%PDF-1.7\n%\u00e2\u00e3\n".getBytes(StandardCharsets.ISO_8859_1), 20_000);
    requireOneClearLine(analyse(write("report.pdf", pdf)), "report.pdf");
  }

  @Test
  void refusesAMissingFileAndAFolder() throws Exception {
    requireOneClearLine(analyse(folder.resolve("nothing-there.lime")), "nothing-there.lime");
    requireOneClearLine(analyse(Files.createDirectory(folder.resolve("dumps"))), "dumps");
  }

  /** In one job for each length: a program's start takes longer than all of these files. */
  @ParameterizedTest
  @ValueSource(ints = {9, 4_096})
  void everyFormatCutInItsHeaderIsRefusedOrDoubted(int bytes) throws Exception {
    List<Path> cut = new ArrayList<>();
    for (String format : formats()) {
      cut.add(write("cut-" + format, Arrays.copyOf(small(format), bytes)));
    }
    Ended ended = analyse(cut.toArray(Path[]::new));
    requireFinished(ended, cut.size());
    List<String> refused =
        ended.err().stream().filter(line -> line.startsWith("pagestream: PS-")).toList();
    assertThat(refused)
        .as(ended.all())
        .allMatch(DamagedImagesIT::isOneClearLine)
        .allMatch(line -> line.contains("cut-"));
    if (ended.exitCode() != 2) {
      JsonNode manifest = Repository.json(folder.resolve("case/manifest.json"));
      Set<String> named = new TreeSet<>();
      manifest.get("doubts").forEach(doubt -> named.add(doubt.get("image").textValue()));
      int notAnalysed = manifest.get("notAnalysed").size();
      assertThat(named.size() + notAnalysed).as(ended.all()).isEqualTo(cut.size());
    }
  }

  /** All damaged files in one job: those that can be read are, those that cannot are listed. */
  @ParameterizedTest
  @MethodSource("damages")
  void finishesOrSaysWhyNot(String damage, long seed) throws Exception {
    System.out.println(damage + ", seed " + seed);
    Random random = new Random(seed);
    List<Path> damaged = new ArrayList<>();
    for (String format : formats()) {
      damaged.add(write(damage + "-" + format, damaged(small(format), damage, random)));
    }
    requireFinished(analyse(damaged.toArray(Path[]::new)), damaged.size());
  }

  static Stream<Object[]> damages() {
    // More of them, for every format and without a program for each: DamagedHeadersTest.
    return Stream.of(
        new Object[] {"header-flipped", System.nanoTime()},
        new Object[] {"torn", System.nanoTime()});
  }

  private static byte[] damaged(byte[] whole, String damage, Random random) {
    return switch (damage) {
      case "header-flipped" -> flipped(whole, 8192, 16, random);
      case "torn" -> torn(whole, random);
      default -> throw new IllegalArgumentException(damage);
    };
  }

  private static byte[] flipped(byte[] whole, int within, int bits, Random random) {
    byte[] flipped = whole.clone();
    for (int i = 0; i < bits; i++) {
      flipped[random.nextInt(Math.min(within, whole.length))] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** Replaces pieces of the file by others, as a failing disk does. */
  private static byte[] torn(byte[] whole, Random random) {
    byte[] torn = whole.clone();
    for (int i = 0; i < 8; i++) {
      int length = 1 + random.nextInt(whole.length / 20);
      System.arraycopy(
          whole,
          random.nextInt(whole.length - length),
          torn,
          random.nextInt(whole.length - length),
          length);
    }
    return torn;
  }

  private static byte[] small(String name) throws IOException {
    return Files.readAllBytes(Repository.SMALL_IMAGES.resolve(name));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Ended analyse(Path... images) throws InterruptedException {
    Stream<String> options =
        Stream.of("analyze", "--quiet", "--force", "--out", folder.resolve("case").toString());
    return Program.run(
        folder,
        Stream.concat(options, Arrays.stream(images).map(Path::toString)).toArray(String[]::new));
  }

  /** The problem, its location and a remedy, in one line; the number identifies who must act. */
  private static void requireOneClearLine(Ended ended, String file) {
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err()).as(ended.all()).hasSize(1);
    assertThat(ended.err().getFirst()).matches(DamagedImagesIT::isOneClearLine).contains(file);
  }

  private static boolean isOneClearLine(String line) {
    return line.matches("pagestream: PS-[12]\\d\\d .*;.*");
  }

  /** Every image is either in the case, with pages that add up, or listed as not analyzed. */
  private void requireFinished(Ended ended, int images) {
    assertThat(ended.exitCode()).as(ended.all()).isIn(0, 1, 2);
    assertThat(ended.err()).as(ended.all()).noneMatch(line -> line.startsWith("\tat "));
    if (ended.exitCode() == 2) {
      assertThat(ended.err()).as(ended.all()).hasSize(images);
      return;
    }
    JsonNode manifest = Repository.json(folder.resolve("case/manifest.json"));
    assertThat(manifest.get("addsUp").booleanValue()).as(ended.all()).isTrue();
    int analysed = manifest.get("images").size();
    int notAnalysed = manifest.get("notAnalysed").size();
    assertThat(analysed + notAnalysed).as(ended.all()).isEqualTo(images);
    boolean doubtful = !manifest.get("doubts").isEmpty();
    assertThat(ended.exitCode() == 1).as(ended.all()).isEqualTo(notAnalysed > 0 || doubtful);
    manifest.get("images").forEach(DamagedImagesIT::requireAddsUp);
  }

  private static void requireAddsUp(JsonNode image) {
    assertThat(image.get("pages").get("addsUp").booleanValue()).as(image.toString()).isTrue();
  }
}
