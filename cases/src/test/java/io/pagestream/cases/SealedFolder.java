package io.pagestream.cases;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.ContentHash;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Seals a folder whose files were written by a test, or by an attacker who altered a case and can
 * seal it again.
 */
public final class SealedFolder {
  private static final JsonMapper JSON = new JsonMapper();

  private SealedFolder() {}

  /** Seals the files of a case; missing ones are created empty. */
  public static Path seal(Path folder) {
    try {
      for (String name : CaseFiles.REQUIRED) {
        if (!Files.exists(folder.resolve(name))) {
          Files.writeString(folder.resolve(name), "");
        }
      }
      Path manifest = folder.resolve(CaseFiles.MANIFEST);
      ObjectNode root = (ObjectNode) JSON.readTree(manifest.toFile());
      ArrayNode files = root.putArray("files");
      for (String name : CaseFiles.REQUIRED) {
        file(folder.resolve(name), files.addObject());
      }
      byte[] bytes = JSON.writeValueAsBytes(root);
      Files.write(manifest, bytes);
      Files.writeString(
          folder.resolve(CaseFiles.MANIFEST_HASH),
          CaseSeal.statement(HexFormat.of().formatHex(ContentHash.sha256().digest(bytes))));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void file(Path file, ObjectNode sealed) throws IOException {
    ContentHash.Hashed content = FileHash.of(file, bytes -> {});
    String name = String.valueOf(file.getFileName());
    long nanos = FileStamp.of(file).modifiedNanos();
    sealed.put("name", name);
    sealed.put("sizeBytes", content.sizeBytes());
    sealed.put("sha256", content.sha256());
    sealed.put(
        "modified", Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000).toString());
    List<String> lines =
        name.equals(CaseFiles.LEDGER)
            ? List.of()
            : Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    sealed.put("lines", lines.size());
    sealed.set("counts", JSON.valueToTree(counts(name, lines)));
    sealed.put("blockCrc32c", content.blocks());
  }

  private static Map<String, Map<String, Long>> counts(String name, List<String> lines)
      throws IOException {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    if (!List.of(CaseFiles.FINDINGS, CaseFiles.VERDICTS).contains(name)) {
      return counts;
    }
    for (String line : lines) {
      var root = JSON.readTree(line);
      Map<String, Long> image =
          counts.computeIfAbsent(root.path("imageId").asText(), id -> new HashMap<>());
      if (name.equals(CaseFiles.FINDINGS)) {
        image.merge(root.path("kind").asText(), 1L, Long::sum);
      } else {
        image.merge("spans", 1L, Long::sum);
        image.merge("pages", root.path("pageCount").asLong(), Long::sum);
      }
    }
    return counts;
  }
}
