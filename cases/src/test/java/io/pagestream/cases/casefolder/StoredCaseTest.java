package io.pagestream.cases.casefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.HandmadeCase;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredCaseTest {
  private final Path place;

  StoredCaseTest(@TempDir Path folder) {
    place = HandmadeCase.in(folder.resolve("case"));
  }

  @Test
  void whatIsReadAndWrittenAgainIsTheSameFile() throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try (VerdictJson json = new VerdictJson(again)) {
      StoredCase.open(place).forEachSpan((imageId, span) -> write(json, imageId, span));
    }
    assertThat(again.toByteArray()).isEqualTo(Files.readAllBytes(place.resolve("verdicts.jsonl")));
  }

  private static void write(VerdictJson json, String imageId, PageSpan span) {
    try {
      json.write(imageId, HandmadeCase.NAME, span);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anImageIsMeantByItsIdOrItsNameOrBecauseItIsTheOnlyOne() {
    StoredCase stored = StoredCase.open(place);
    StoredImage only = stored.image(Optional.empty());
    assertThat(stored.image(Optional.of(HandmadeCase.NAME))).isEqualTo(only);
    assertThat(stored.image(Optional.of(only.imageId()))).isEqualTo(only);
    assertThatThrownBy(() -> stored.image(Optional.of("other")))
        .hasMessageContaining("PS-100")
        .hasMessageContaining(only.imageId());
  }

  @Test
  void aFolderThatIsNoCaseIsSaidToBeNone(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> StoredCase.open(folder)).hasMessageContaining("PS-101");
    Files.writeString(folder.resolve("manifest.json"), "{\"name\": \"somebody else's\"}");
    assertThatThrownBy(() -> StoredCase.open(folder)).hasMessageContaining("PS-221");
    assertThatThrownBy(() -> unchecked(folder))
        .hasMessageContaining("PS-210")
        .hasMessageContaining("not Pagestream's");
    Files.delete(place.resolve("verdicts.jsonl"));
    assertThatThrownBy(() -> StoredCase.open(place))
        .hasMessageContaining("PS-220")
        .hasMessageContaining("is missing");
    assertThatThrownBy(() -> unchecked(place).forEachSpan((imageId, span) -> {}))
        .hasMessageContaining("PS-101");
  }

  @Test
  void whatCannotBeTrueIsAnErrorWithItsPlace() throws IOException {
    Path verdicts = place.resolve("verdicts.jsonl");
    for (String line :
        List.of(
            "{\"physicalAddress\":-4096,\"pageCount\":1}",
            "{\"physicalAddress\":1,\"pageCount\":1}",
            "{\"physicalAddress\":0,\"pageCount\":0}",
            "{\"physicalAddress\":0,\"pageCount\":99999999999999}",
            "{\"physicalAddress\":4503599627366400,\"pageCount\":2}",
            "{\"physicalAddress\":0,\"pageCount\":1,\"verdict\":\"granted\"}",
            "{\"physicalAddress\":0,\"pageCount\":1,\"hazards\":7}",
            "{\"physicalAddress\":0,\"pageCount\":1,\"alias\":{\"firstRoot\":\"0xzz\"}}",
            "[]",
            "{\"physicalAddress\":0,")) {
      Files.writeString(verdicts, line);
      assertThatThrownBy(() -> unchecked(place).forEachSpan((imageId, span) -> {}))
          .as(line)
          .isInstanceOf(PagestreamException.class)
          .hasMessageMatching("(?s)PS-210 .*verdicts.jsonl at offset 0x[0-9a-f]+: .*");
    }
  }

  @Test
  void damagedFilesEndInAnErrorOfOursOrInNone() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String name : List.of("manifest.json", "verdicts.jsonl", "findings.jsonl")) {
      byte[] sound = Files.readAllBytes(place.resolve(name));
      for (int i = 0; i < 300; i++) {
        byte[] damaged = sound.clone();
        for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(place.resolve(name), damaged);
        assertThatCode(this::readAll)
            .as("seed %d, %s, try %d", seed, name, i)
            .satisfiesAnyOf(
                thrown -> assertThat(thrown).isNull(),
                thrown -> assertThat(thrown).isInstanceOf(PagestreamException.class));
      }
      Files.write(place.resolve(name), sound);
    }
  }

  private static StoredCase unchecked(Path folder) {
    return StoredCase.open(CheckedCase.open(folder, true));
  }

  private void readAll() {
    StoredCase stored = unchecked(place);
    List<String> seen = new ArrayList<>();
    stored.forEachSpan((imageId, span) -> seen.add(imageId));
    stored.forEachFinding(finding -> seen.add(finding.kind()));
  }
}
