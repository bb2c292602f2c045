package io.pagestream.images.rangesource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A sidecar with some content, and the result of reading it.
 *
 * @param folder folder to which it is written
 */
record WrittenSideFile(Path folder) {
  List<String> claims(SideFileKind kind, String text) throws IOException {
    return claims(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  List<String> claims(SideFileKind kind, byte[] bytes) throws IOException {
    return facts(kind, bytes).sources().getFirst().claims().stream()
        .map(claim ->
            "%x-%x %s %s"
                .formatted(
                    claim.start(),
                    claim.end(),
                    claim.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    claim.name()))
        .toList();
  }

  SideFacts facts(SideFileKind kind, String text) throws IOException {
    return facts(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  SideFacts facts(SideFileKind kind, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("side." + kind.word()), bytes);
    return SideFileReader.read(SideFiles.NONE.with(kind, file));
  }
}
