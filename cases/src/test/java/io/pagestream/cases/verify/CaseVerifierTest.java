package io.pagestream.cases.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.SealedFolder;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alterations of a case, and the results of {@code verify}. */
final class CaseVerifierTest {
  private static final StoreSettings SETTINGS = StoreSettings.DEFAULT.withMemoryMebibytes(128);
  private static final int POSITIONS = 40;

  @TempDir private Path temporary;
  private Path folder;
  private String seal;

  @BeforeEach
  void writeCase() {
    folder = temporary.resolve("case");
    seal = SoundCase.write(folder).sealSha256();
  }

  private Verification verify() {
    return verify(Optional.empty());
  }

  private Verification verify(Optional<String> expected) {
    return CaseVerifier.verify(
        folder,
        new CaseVerifier.Options(Optional.empty(), expected, Optional.of(SETTINGS)),
        (step, done, all) -> {});
  }

  private List<String> differences() {
    return verify().differences().stream().map(SealDifference::toString).toList();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void everythingHoldsInACaseThatWasJustWrittenAndInItsCopy() throws IOException {
    CaseStore.open(folder, SETTINGS, line -> {}).close();
    assertThat(differences()).isEmpty();
    assertThat(verify(Optional.of(seal)).holds()).isTrue();
    assertThat(verify().manifestSha256()).isEqualTo(seal);
    Path copy = Files.createDirectory(temporary.resolve("copy"));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName())); // with other times
      }
    }
    folder = copy;
    assertThat(differences()).isEmpty();
    assertThat(CheckedCase.open(copy).holds()).isTrue();
    assertThat(verify().remarks()).isEmpty();
  }

  @Test
  void everyChangedByteIsFoundInItsFile() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String name :
        List.of(
            CaseFiles.FINDINGS,
            CaseFiles.VERDICTS,
            CaseFiles.SUMMARY,
            CaseFiles.MANIFEST,
            CaseFiles.MANIFEST_HASH)) {
      byte[] sound = Files.readAllBytes(file(name));
      FileTime time = Files.getLastModifiedTime(file(name));
      for (int i = 0; i < POSITIONS; i++) {
        int at = random.nextInt(sound.length);
        byte[] changed = sound.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file(name), changed);
        Files.setLastModifiedTime(file(name), time); // as an attacker would to hide the change
        assertThat(verify().differences())
            .as("seed %d, %s, offset %d", seed, name, at)
            .anySatisfy(difference -> assertThat(difference.file()).isIn(name, CaseFiles.MANIFEST));
      }
      Files.write(file(name), sound);
      Files.setLastModifiedTime(file(name), time);
    }
    assertThat(differences()).isEmpty();
  }

  @Test
  void aChangedBlockIsNamedByItsOffsets() throws IOException {
    byte[] bytes = Files.readAllBytes(file(CaseFiles.FINDINGS));
    bytes[100] ^= 1;
    Files.write(file(CaseFiles.FINDINGS), bytes);
    assertThat(differences())
        .anySatisfy(text ->
            assertThat(text)
                .contains("findings.jsonl has the SHA-256")
                .contains("between offsets 0x0 and 0x%x".formatted(bytes.length - 1)));
  }

  @Test
  void aByteInTheStoreIsFoundAlsoWithTheOldTime() throws IOException {
    CaseStore.open(folder, SETTINGS, line -> {}).close();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] sound = Files.readAllBytes(file(CaseFiles.STORE));
    FileTime time = Files.getLastModifiedTime(file(CaseFiles.STORE));
    for (int i = 0; i < 5; i++) {
      int at = random.nextInt(sound.length);
      byte[] changed = sound.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(CaseFiles.STORE), changed);
      Files.setLastModifiedTime(file(CaseFiles.STORE), time);
      assertThat(differences())
          .as("seed %d, offset %d", seed, at)
          .contains("findings.duckdb has changed since it was built");
    }
  }

  /** Attackers without and with the ability to seal: the second is detected by the content. */
  @Test
  void linesThatWereRemovedAddedMovedOrDoubledAreFoundAlsoWhenTheCaseIsSealedAgain()
      throws IOException {
    List<String> lines = Files.readAllLines(file(CaseFiles.FINDINGS));
    expect(without(lines, 7), "has 59 lines instead of 60", "the manifest counts");
    expect(with(lines, 7, lines.get(7)), "has 61 lines", "line 9: is there twice");
    List<String> moved = new ArrayList<>(lines);
    Collections.swap(moved, 3, 4);
    expect(moved, "SHA-256", "line 5: does not stand in the order of the case");
    String foreign = lines.get(7).replace("user7@", "mole7@");
    assertThat(foreign).isNotEqualTo(lines.get(7));
    List<String> changed = new ArrayList<>(lines);
    changed.set(7, foreign);
    expect(changed, "SHA-256", "line 8: has an id that does not follow from its content");
    String elsewhere =
        lines.getLast().replace("\"physicalAddress\":76700", "\"physicalAddress\":9000000");
    assertThat(elsewhere).isNotEqualTo(lines.getLast());
    expect(
        with(lines, lines.size(), elsewhere),
        "61 lines",
        "line 61: has the address 0x895440, which");
  }

  private void expect(List<String> lines, String plain, String sealedAgain) throws IOException {
    Files.write(file(CaseFiles.FINDINGS), lines);
    assertThat(differences()).as("as it is").anySatisfy(t -> assertThat(t).contains(plain));
    SealedFolder.seal(folder);
    assertThat(differences()).as("sealed").anySatisfy(t -> assertThat(t).contains(sealedAgain));
    assertThat(verify(Optional.of(seal)).differences())
        .anySatisfy(d -> assertThat(d.what()).contains("expected is " + seal));
    SoundCase.write(folder);
  }

  private static List<String> without(List<String> lines, int index) {
    List<String> fewer = new ArrayList<>(lines);
    fewer.remove(index);
    return fewer;
  }

  private static List<String> with(List<String> lines, int index, String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(index, line);
    return more;
  }

  @Test
  void verdictsThatDoNotAddUpAreFoundAlsoWhenTheCaseIsSealedAgain() throws IOException {
    List<String> lines = Files.readAllLines(file(CaseFiles.VERDICTS));
    Files.write(file(CaseFiles.VERDICTS), without(lines, 2));
    assertThat(differences()).anySatisfy(t -> assertThat(t).contains("verdicts.jsonl has"));
    SealedFolder.seal(folder);
    assertThat(differences())
        .anySatisfy(t -> assertThat(t).contains("does not agree with the ledger"));
    Files.write(file(CaseFiles.VERDICTS), with(lines, 2, lines.get(1)));
    SealedFolder.seal(folder);
    assertThat(differences())
        .anySatisfy(t -> assertThat(t).contains("line 3: overlaps the span before it"));
  }

  @Test
  void filesOfAnotherCaseAndHalfFilesAreFound() throws IOException {
    Path other = temporary.resolve("other");
    SoundCase.write(other, "other.example", Optional.empty());
    for (String name : List.of(CaseFiles.FINDINGS, CaseFiles.MANIFEST, CaseFiles.MANIFEST_HASH)) {
      byte[] mine = Files.readAllBytes(file(name));
      Files.copy(other.resolve(name), file(name), StandardCopyOption.REPLACE_EXISTING);
      assertThat(differences()).as(name).isNotEmpty();
      Files.write(file(name), mine);
    }
    for (String name : List.of(CaseFiles.FINDINGS, CaseFiles.VERDICTS, CaseFiles.SUMMARY)) {
      byte[] whole = Files.readAllBytes(file(name));
      Files.write(file(name), Arrays.copyOf(whole, whole.length / 2));
      assertThat(differences()).as(name).anySatisfy(t -> assertThat(t).startsWith(name));
      Files.delete(file(name));
      assertThat(differences()).as(name).contains(name + " is missing");
      assertThatThrownBy(() -> CheckedCase.open(folder))
          .hasMessageContaining("PS-220")
          .hasMessageContaining(name);
      Files.write(file(name), whole);
    }
  }

  @Test
  void aLinkIsReportedAndNotFollowedAlsoIfItLeadsToTheSameContent() throws Exception {
    CaseStore.open(folder, SETTINGS, line -> {}).close();
    for (String name :
        List.of(
            CaseFiles.FINDINGS,
            CaseFiles.VERDICTS,
            CaseFiles.SUMMARY,
            CaseFiles.MANIFEST_HASH,
            CaseFiles.STORE)) {
      Path away = temporary.resolve("away-" + name);
      Files.move(file(name), away);
      Files.createSymbolicLink(file(name), away);
      assertThat(differences())
          .as(name)
          .anySatisfy(
              t -> assertThat(t).isEqualTo(name + " is a symbolic link, which is not followed"));
      Files.delete(file(name));
      Files.move(away, file(name));
    }
    Files.delete(file(CaseFiles.SUMMARY));
    Process pipe = new ProcessBuilder("mkfifo", file(CaseFiles.SUMMARY).toString()).start();
    assertThat(pipe.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(differences()).contains("summary.txt is a device, pipe or socket");
    Path manifest = file(CaseFiles.MANIFEST);
    Path away = Files.move(manifest, temporary.resolve("away"));
    Files.createSymbolicLink(manifest, away);
    assertThat(differences())
        .containsExactly("manifest.json is a symbolic link, which is not followed");
    assertThatThrownBy(() -> CheckedCase.open(folder, true)).hasMessageContaining("PS-220");
  }

  @Test
  void whatElseLiesInTheFolderIsListed() throws IOException {
    Files.writeString(file("report.html"), "an export");
    Files.createSymbolicLink(file("shadow"), Path.of("/etc/shadow"));
    Files.createLink(temporary.resolve("second-name"), file(CaseFiles.SUMMARY));
    Files.writeString(file(CaseFiles.NOTES), "{}");
    Verification verified = verify();
    assertThat(verified.holds()).isTrue();
    assertThat(verified.remarks())
        .contains(
            "report.html is not part of the case",
            "shadow is not part of the case and is a symbolic link, which is not followed",
            "summary.txt has 2 names (hard links): it can be changed by another name",
            "notes.json is not sealed: it is what people note in the dashboard");
  }

  @Test
  void anUnfinishedFolderAndACaseWithoutSealAreNamed() throws IOException {
    String manifest = Files.readString(file(CaseFiles.MANIFEST));
    Files.delete(file(CaseFiles.MANIFEST));
    assertThatThrownBy(this::verify)
        .hasMessageContaining("PS-222")
        .hasMessageContaining("unfinished");
    Files.writeString(
        file(CaseFiles.MANIFEST), manifest.replace("\"files\": [", "\"formerly\": ["));
    assertThatThrownBy(() -> CheckedCase.open(folder))
        .hasMessageContaining("PS-221")
        .hasMessageContaining("--allow-altered");
    assertThat(differences()).anySatisfy(t -> assertThat(t).contains("has no seal"));
    assertThat(CheckedCase.open(folder, true).warning()).startsWith("NOT SEALED");
  }

  @Test
  void aManifestThatIsNotJsonAnyMoreIsADifferenceAndNoFailure() throws IOException {
    Files.writeString(file(CaseFiles.MANIFEST), "{\"tool\":", StandardCharsets.UTF_8);
    assertThat(differences())
        .anySatisfy(t -> assertThat(t).contains("manifest.json has the SHA-256"));
    assertThatThrownBy(() -> CheckedCase.open(folder)).hasMessageContaining("PS-220");
  }
}
