package io.pagestream.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.format.FormatDescription.Peer;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.writing.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/formats.md} is written from the list of formats. */
final class FormatsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/formats.md");

  @Test
  void theDocumentSaysWhatTheCodeReads() throws IOException {
    String written = write();
    if (System.getProperty("regenerate") != null) {
      Files.writeString(DOCUMENT, written);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("run: mvn -pl images -am test -Dtest=FormatsDocumentTest -Dregenerate")
        .isEqualTo(written);
  }

  private static String write() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Image formats

        Formats are recognized by content, never by file name. This page is written from the list of formats in the code
        (`FormatsDocumentTest`). `--format NAME` forces one.

        The columns of other programs show whether they read the format at all, by their own sources and documents in 2026;
        several read only some of its variants.

        """);
    text.append("| `--format` | format | what is read |");
    for (Peer peer : Peer.values()) {
      text.append(' ').append(peer.title()).append(" |");
    }
    text.append("\n|---|---|---|").append(":-:|".repeat(Peer.values().length)).append('\n');
    for (ImageFormat format : ImageFormats.all()) {
      text.append(
          "| `%s` | %s | %s |"
              .formatted(
                  format.name(), format.description().title(), format.description().notes()));
      text.append(
          Arrays.stream(Peer.values())
              .map(peer -> format.description().peers().contains(peer) ? " yes |" : " |")
              .collect(Collectors.joining()));
      text.append('\n');
    }
    text.append(
        """

        ## Writing

        `pagestream convert IMAGE --to FORMAT OUT` writes these formats. Every page that the image holds is written at its
        physical address, the new file is read back, and each page is compared.

        | `--to` | what is written |
        |---|---|
        """);
    for (ImageWriter writer : ImageFormats.writers()) {
      text.append(
          "| `%s` | %s |\n".formatted(writer.format().name(), writer.format().description()));
    }
    return text.toString();
  }
}
