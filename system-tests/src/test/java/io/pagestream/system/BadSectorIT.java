package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdInputStream;
import io.pagestream.schemas.page.Pages;
import io.pagestream.system.Program.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bad sector of a disk affects only the pages on it: one under an e-mail of a real guest, one
 * under a page-table root, one in another image of the batch.
 */
final class BadSectorIT {
  private static final int SECTOR = 512;
  private static final int PAGE = Pages.SIZE;

  @TempDir static Path folder;
  private static List<JsonNode> undisturbed;
  private static List<String> roots;
  private static long emailPage;
  private static long rootPage;
  private static Map<String, String> disk;
  private static Ended ended;
  private static Path caseFolder;
  private static JsonNode manifest;

  @BeforeAll
  static void analyzeABatch() throws Exception {
    try (InputStream sample = new ZstdInputStream(Files.newInputStream(Repository.SAMPLE))) {
      Files.copy(sample, folder.resolve("guest.raw"));
    }
    Path whole = folder.resolve("whole");
    Ended sound = analyze(whole, Map.of(), "guest.raw");
    assertThat(sound.exitCode()).as(sound.all()).isZero();
    undisturbed = findings(whole, "guest.raw");
    roots = roots(Repository.json(whole.resolve("manifest.json")), 0);
    emailPage = pageOf(undisturbed.stream().filter(BadSectorIT::isEmail).findFirst().orElseThrow());
    rootPage = Long.decode(roots.get(roots.size() / 2));

    Files.write(folder.resolve("first.raw"), emails("first"));
    Files.write(folder.resolve("last.raw"), emails("last"));
    caseFolder = folder.resolve("case");
    disk =
        BadSectors.environment(
            folder,
            List.of(
                new BadSectors.Bytes("first.raw", 5 * PAGE - SECTOR, 5 * PAGE + SECTOR),
                new BadSectors.Bytes("guest.raw", emailPage + SECTOR, emailPage + 2 * SECTOR),
                new BadSectors.Bytes("guest.raw", rootPage, rootPage + SECTOR)));
    ended = analyze(caseFolder, disk, "first.raw", "guest.raw", "last.raw");
    manifest = Repository.json(caseFolder.resolve("manifest.json"));
  }

  @Test
  void theCommandSaysSo() {
    assertThat(ended.exitCode()).as(ended.all()).isEqualTo(1);
    assertThat(manifest.get("addsUp").booleanValue()).isTrue();
    assertThat(ended.out())
        .anyMatch(line -> line.contains("DOUBT: unreadable, 0x4000-0x5fff (2 pages)"))
        .anyMatch(line -> line.contains("SHA-256 is without 0x4e00-0x5200"));
  }

  @Test
  void pagesThatTheSectorTouchesAreLostAndNoOthers() throws Exception {
    assertThat(unreadable(0)).isEqualTo(2);
    assertThat(unreadable(1)).isEqualTo(2);
    assertThat(unreadable(2)).isZero();
    Set<Long> lost = new TreeSet<>();
    undisturbed.forEach(finding -> lost.add(pageOf(finding)));
    findings(caseFolder, "guest.raw").forEach(finding -> lost.remove(pageOf(finding)));
    assertThat(lost).as("pages without their findings").isSubsetOf(emailPage, rootPage);
    Set<String> ids = ids(undisturbed);
    assertThat(findings(caseFolder, "guest.raw").stream().map(BadSectorIT::artifact))
        .as("nothing else is found")
        .allMatch(ids::contains);
  }

  @Test
  void otherImagesOfTheBatchAreWhole() throws Exception {
    assertThat(findings(caseFolder, "last.raw").stream().filter(BadSectorIT::isEmail)).hasSize(16);
    assertThat(findings(caseFolder, "first.raw").stream().filter(BadSectorIT::isEmail)).hasSize(14);
  }

  @Test
  void onlyTheTableOnTheSectorIsMissingFromThePageTables() {
    List<String> others = new ArrayList<>(roots);
    others.remove("0x" + Long.toHexString(rootPage));
    assertThat(roots(manifest, 1)).isEqualTo(others);
  }

  @Test
  void explainNamesThePage() throws Exception {
    Ended story =
        Program.end(
            Program.start(
                folder,
                disk,
                "explain",
                caseFolder.toString(),
                "0x" + Long.toHexString(emailPage),
                "--image",
                "guest.raw"));
    assertThat(story.exitCode()).as(story.all()).isZero();
    assertThat(story.out()).as(story.all()).anyMatch(line -> line.contains("unreadable"));
  }

  private static Ended analyze(Path out, Map<String, String> environment, String... images)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("analyze", "--quiet", "--out", "" + out));
    for (String image : images) {
      arguments.add(folder.resolve(image).toString());
    }
    return Program.end(Program.start(folder, environment, arguments.toArray(String[]::new)));
  }

  private static long unreadable(int image) {
    return manifest
        .get("images")
        .get(image)
        .get("pagesNotAnalyzed")
        .get("byReason")
        .path("unreadable")
        .asLong();
  }

  private static List<String> roots(JsonNode manifest, int image) {
    JsonNode hints = manifest.get("images").get(image).get("hints");
    return List.of(hints.get("page-tables.roots-by-shape").textValue().split(" "));
  }

  private static boolean isEmail(JsonNode finding) {
    return finding.get("kind").textValue().equals("email");
  }

  private static long pageOf(JsonNode finding) {
    return finding.get("physicalAddress").longValue() / PAGE * PAGE;
  }

  private static String artifact(JsonNode finding) {
    return finding.get("physicalAddress") + " " + finding.get("kind") + " " + finding.get("value");
  }

  private static Set<String> ids(List<JsonNode> findings) {
    Set<String> artifacts = new TreeSet<>();
    findings.forEach(finding -> artifacts.add(artifact(finding)));
    return artifacts;
  }

  private static byte[] emails(String name) {
    byte[] memory = new byte[16 * PAGE];
    for (int page = 0; page < 16; page++) {
      byte[] text =
          " %s%d@example-corp.org ".formatted(name, page).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, memory, page * PAGE + 64, text.length);
    }
    return memory;
  }

  private static List<JsonNode> findings(Path place, String image) throws IOException {
    return Files.readAllLines(place.resolve("findings.jsonl")).stream()
        .map(Repository::json)
        .filter(line -> line.get("image").textValue().equals(image))
        .toList();
  }
}
