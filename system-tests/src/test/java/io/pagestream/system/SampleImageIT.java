package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.system.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, and its promises about the sample. */
final class SampleImageIT {
  @TempDir static Path folder;
  private static Ended ended;
  private static Path caseFolder;
  private static TreeSet<Artifact> found;

  @BeforeAll
  static void analyse() throws Exception {
    caseFolder = folder.resolve("case");
    ended =
        Program.run(
            folder, "analyze", Repository.SAMPLE.toString(), "--out", caseFolder.toString());
    assertThat(ended.exitCode()).as(ended.all()).isZero();
    found = new TreeSet<>();
    for (String line : Files.readAllLines(caseFolder.resolve("findings.jsonl"))) {
      found.add(Artifact.of(Repository.json(line)));
    }
  }

  @Test
  void findsEveryPlantedArtifactAtItsAddress() {
    List<PlantedArtifact> planted = new ArrayList<>(PlantedArtifact.of(Repository.SAMPLE_TRUTH));
    planted.addAll(PlantedArtifact.inEvidenceFiles());
    assertThat(planted).hasSizeGreaterThan(40);
    assertThat(PlantedArtifact.missing(planted, found)).isEmpty();
  }

  /** Lines with mail addresses were planted in a gzip file: the ground truth's artifact 44. */
  @Test
  void findsWhatIsInThePlantedGzipFile() {
    assertThat(found)
        .filteredOn(artifact -> artifact.kind().equals("email"))
        .filteredOn(artifact -> artifact.physicalAddress() == 0x6889080)
        .extracting(artifact -> artifact.value() + " " + artifact.path())
        .contains("user0732@gz.example.org GZIP-12", "user0183@gz.example.org GZIP-48")
        .hasSizeGreaterThan(300);
  }

  @Test
  void findsNoCardNumberThatFailsLuhn() {
    List<String> cards =
        found.stream()
            .filter(artifact -> artifact.kind().equals("payment-card"))
            .map(Artifact::value)
            .toList();
    assertThat(cards).isNotEmpty().allMatch(SampleImageIT::passesLuhn);
  }

  @Test
  void printsTheSummaryAndLeavesItInTheFolder() throws Exception {
    assertThat(ended.out()).contains("  every page is accounted for");
    assertThat(ended.out()).containsAll(Files.readAllLines(caseFolder.resolve("summary.txt")));
  }

  @Test
  void showsInTheManifestThatThePagesAddUp() {
    JsonNode manifest = Repository.json(caseFolder.resolve("manifest.json"));
    assertThat(manifest.get("addsUp").booleanValue()).isTrue();
    JsonNode pages = manifest.get("images").get(0).get("pages");
    long sum = 0;
    for (String state : List.of("mapped", "overridden", "refused", "zero", "excluded", "absent")) {
      sum += pages.get(state).longValue();
    }
    assertThat(sum).isEqualTo(pages.get("rangeMapPages").longValue()).isEqualTo(32_768);
  }

  @Test
  void tellsOfEveryPageWhatWasDecidedAndThatItAddsUp() throws Exception {
    Ended table = Program.run(folder, "verdicts", caseFolder.toString());
    assertThat(table.exitCode()).as(table.all()).isZero();
    assertThat(table.out())
        .contains("  judged 32,768 + absent 0 = 32,768 pages of the range map")
        .contains("  adds up: every sum is the ledger's");
    Ended story = Program.run(folder, "explain", caseFolder.toString(), "0x100000");
    assertThat(story.exitCode()).as(story.all()).isZero();
    assertThat(story.out()).anyMatch(line -> line.startsWith("decided by   row "));
    Path picture = folder.resolve("map.png");
    Ended drawn =
        Program.run(folder, "picture", caseFolder.toString(), "--out", picture.toString());
    assertThat(drawn.exitCode()).as(drawn.all()).isZero();
    assertThat(picture).isNotEmptyFile();
  }

  /** The virtual address of the planted key according to the guest's own pagemap. */
  @Test
  void listsEveryMappingOfAPageWhereTheImageIsAtHand() throws Exception {
    Ended story =
        Program.run(
            folder,
            "explain",
            caseFolder.toString(),
            "0x5423240",
            "--from",
            Repository.SAMPLE.toString());
    assertThat(story.exitCode()).as(story.all()).isZero();
    assertThat(story.out())
        .anyMatch(line -> line.contains("0x00007ff3de795000  user   rw-, write-back, 4 KiB leaf"))
        .anyMatch(line -> line.contains("0xffff8d5045423000  kernel rw-, write-back, 4 KiB leaf"));
  }

  /** ISO/IEC 7812-1, annex B: from the right, every second digit doubled, sum divisible by ten. */
  private static boolean passesLuhn(String card) {
    String digits = card.replaceAll("\\D", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
