package io.pagestream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealJson;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.launch.Main;
import io.pagestream.program.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read a finished case. */
class CaseCommandsTest {
  private static final String ID = "ab".repeat(16);
  private static final String MANIFEST =
      """
      {"tool": "pagestream", "images": [{"imageId": "IMAGE", "name": "a.raw",
        "pages": {"mapped": 8, "zero": 0, "absent": 0, "rangeMapPages": 8},
        "verdictPages": {"windows:5": 8}, "refusedPages": {},
        "rangeMap": [{"physicalAddress": 0, "pageCount": 8, "kind": "ram"}]}]}
      """;
  private static final String SPAN =
      """
      {"imageId": "%s", "physicalAddress": 0, "pageCount": %d, "content": "bytes",
       "verdict": "mapped", "profile": "windows", "row": 5, "established": "write-back"}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeCase() throws IOException {
    Files.writeString(folder.resolve("verdicts.jsonl"), SPAN.formatted(ID, 8));
    for (String empty :
        List.of("findings.jsonl", "dead-letters.jsonl", "ledger.bin", "summary.txt")) {
      Files.writeString(folder.resolve(empty), "");
    }
    seal();
  }

  /** Seals the case in its current state. */
  private void seal() throws IOException {
    List<SealedFile> files =
        CaseFiles.REQUIRED.stream()
            .map(folder::resolve)
            .map(file ->
                new SealedFile(
                    file.getFileName().toString(),
                    "",
                    FileHash.of(file, bytes -> {}),
                    FileStamp.of(file).modifiedNanos(),
                    0,
                    new TreeMap<>()))
            .toList();
    StringWriter seal = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(seal)) {
      json.writeStartObject();
      SealJson.write(json, files);
      json.writeEndObject();
    }
    Path manifest = folder.resolve(CaseFiles.MANIFEST);
    String content = MANIFEST.replace("IMAGE", ID).strip();
    Files.writeString(
        manifest, content.substring(0, content.length() - 1) + "," + seal.toString().substring(1));
    Files.writeString(
        folder.resolve(CaseFiles.MANIFEST_HASH),
        CaseSeal.statement(FileHash.of(manifest, bytes -> {}).sha256()));
  }

  @Test
  void verdicts_end_with_0_if_they_add_up_and_with_1_if_not() throws IOException {
    assertThat(Main.run("verdicts", folder.toString())).isEqualTo(ExitCode.DONE);
    assertThat(Main.run("verdicts", folder.toString(), "--by", "type", "--json"))
        .isEqualTo(ExitCode.DONE);
    Files.writeString(folder.resolve("verdicts.jsonl"), SPAN.formatted(ID, 7));
    seal();
    assertThat(Main.run("verdicts", folder.toString())).isEqualTo(ExitCode.DONE_WITH_FAILURES);
  }

  @Test
  void a_case_that_was_altered_is_refused_unless_that_is_allowed() throws IOException {
    Files.writeString(folder.resolve("summary.txt"), "nothing was found\n");
    for (String[] command :
        new String[][] {
          {"verdicts", folder.toString()},
          {"explain", folder.toString(), "0x1000"},
          {"whatif", folder.toString(), "0x1000", "4096", "cached"},
          {"picture", folder.toString(), "--out", folder.resolve("case.png").toString()}
        }) {
      assertThat(Main.run(command)).as(command[0]).isEqualTo(ExitCode.BAD_INPUT);
      String[] allowed = Arrays.copyOf(command, command.length + 1);
      allowed[command.length] = "--allow-altered";
      assertThat(Main.run(allowed)).as(command[0]).isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void verdicts_are_not_told_apart_by_the_weather() {
    assertThat(Main.run("verdicts", folder.toString(), "--by", "weather"))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void a_page_is_explained_whether_it_is_there_or_not() {
    assertThat(Main.run("explain", folder.toString(), "0x1000")).isEqualTo(ExitCode.DONE);
    assertThat(Main.run("explain", folder.toString(), "99999999", "--json"))
        .isEqualTo(ExitCode.DONE);
    assertThat(Main.run("explain", folder.toString(), "0x1000", "--image", "b.raw"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Main.run("explain", folder.resolve("no").toString(), "0x1000"))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void a_call_is_answered_from_a_case() {
    assertThat(Main.run("whatif", folder.toString(), "0x1000", "0x8000", "MmNonCached"))
        .isEqualTo(ExitCode.DONE);
    assertThat(
            Main.run(
                "whatif",
                folder.toString(),
                "0x1000",
                "1",
                "physical",
                "--call",
                "MmCopyMemory",
                "--json"))
        .isEqualTo(ExitCode.DONE);
    // A case has no page tables to translate by.
    assertThat(Main.run("whatif", folder.toString(), "0x1000", "1", "cached", "--root", "0x1000"))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void addresses_are_hex_with_0x_or_decimal_and_have_52_bits() {
    assertThat(ExplainCommand.parse("0x1f3a000")).isEqualTo(0x1f3a000);
    assertThat(ExplainCommand.parse("0XFF")).isEqualTo(255);
    assertThat(ExplainCommand.parse("4096")).isEqualTo(4096);
    assertThat(ExplainCommand.parse("0xfffffffffffff")).isEqualTo((1L << 52) - 1);
    for (String wrong :
        new String[] {
          "", "0x", "f00", "-1", "0x-1", "+1", "0x10000000000000", "0xffffffffffffffff", "1e6"
        }) {
      assertThatThrownBy(() -> ExplainCommand.parse(wrong))
          .as(wrong)
          .hasMessageContaining("PS-100");
    }
  }

  @Test
  void a_picture_is_drawn_of_a_case_and_of_an_image() throws IOException {
    Path ofCase = folder.resolve("case.png");
    assertThat(Main.run("picture", folder.toString(), "--out", ofCase.toString()))
        .isEqualTo(ExitCode.DONE);
    byte[] memory = new byte[16 * 4096];
    memory[5] = 1;
    Path image = Files.write(folder.resolve("image.raw"), memory);
    Path ofImage = folder.resolve("image.png");
    assertThat(
            Main.run("picture", image.toString(), "--format", "raw", "--out", ofImage.toString()))
        .isEqualTo(ExitCode.DONE);
    // One page of bytes, then zeros, 16 pixels a page, in the second band.
    assertThat(pixel(ofImage, 132 + 8, 160)).isEqualTo(0x0072B2);
    assertThat(pixel(ofImage, 132 + 24, 160)).isEqualTo(0xC9DCEB);
    assertThat(pixel(ofCase, 132 + 8, 134)).isEqualTo(0x0072B2);
    assertThat(Main.run("picture", folder.toString(), "--out", ofCase.toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(Main.run("picture", image.toString(), "--format", "raw", "--out", image.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(image).hasBinaryContent(memory);
    assertThat(Main.run("picture", folder.toString(), "--out", "/nowhere/at/all.png"))
        .isEqualTo(ExitCode.FAILED);
  }

  private static int pixel(Path picture, int x, int y) throws IOException {
    try (InputStream in = Files.newInputStream(picture)) {
      return ImageIO.read(in).getRGB(x, y) & 0xffffff;
    }
  }
}
