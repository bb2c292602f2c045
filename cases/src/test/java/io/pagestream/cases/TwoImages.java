package io.pagestream.cases;

import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.schemas.avro.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a finished case of two images that share a value; only half of the second was read.
 */
public final class TwoImages {
  public static final String SECOND = "fedcba9876543210fedcba9876543210";

  /** In the order of the case: by image, address, kind, id. */
  public static final List<Finding> FINDINGS =
      List.of(
          finding(1, false, 0x1000, "email", "a@example.com"),
          finding(2, false, 0x2000, "email", "shared@example.com"),
          finding(3, false, 0x3000, "url", "http://example.com/\u0000?q=<script>'\u202E"),
          finding(4, false, 0x4000, "email", "a@example.com"),
          finding(5, true, 0x500, "email", "shared@example.com"),
          finding(6, true, 0x10_0000_2000L, "aes-key", "00112233445566778899aabbccddeeff"));

  private TwoImages() {}

  private static Finding finding(int id, boolean second, long address, String kind, String value) {
    Finding finding = SmallCase.finding(address, kind, value);
    finding.setFindingId("%032x".formatted(0xABCDEF00L + id));
    finding.setImageId(second ? SECOND : SmallCase.IMAGE);
    finding.setImage(second ? "second.lime" : "small.raw.zst");
    finding.setAttributes(new HashMap<>(Map.of("note", "it's \"quoted\"", "place", "" + id)));
    return finding;
  }

  /** Writes the folder's files, without any verdicts. */
  public static Path write(Path folder) {
    return write(folder, FINDINGS);
  }

  public static Path write(Path folder, List<Finding> findings) {
    try {
      Files.createDirectories(folder);
      try (FindingJson json =
          new FindingJson(Files.newOutputStream(folder.resolve("findings.jsonl")))) {
        for (Finding finding : findings) {
          json.write(finding);
        }
      }
      Files.writeString(folder.resolve("manifest.json"), manifest(findings.size()));
      return SealedFolder.seal(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String manifest(int findings) {
    return """
    {
      "tool": "pagestream", "version": "0.1.0", "commandLine": ["analyze", "small.raw.zst"],
      "started": "2026-11-23T12:00:00Z", "ended": "2026-11-23T12:00:02Z",
      "settings": {"run-pages": "10"}, "addsUp": true, "notAnalysed": ["torn.dump: is empty"],
      "problems": [], "notes": ["a note"], "findings": %d, "images": [%s, %s]
    }
    """
        .formatted(findings, image(SmallCase.IMAGE, "small.raw.zst"), image(SECOND, "second.lime"));
  }

  private static String image(String id, String name) {
    return """
    {
      "imageId": "%s", "name": "%s", "format": "raw", "wrapping": "", "state": "closed",
      "files": [{"name": "%s", "sizeBytes": 4711, "sha256": null}],
      "pageSizeBytes": 4096, "hints": {"machine": "x86_64"}, "warnings": ["odd"],
      "pages": {
        "mapped": 10, "overridden": 2, "refused": 2, "zero": 4, "excluded": 0, "absent": 5, "rangeMapPages": 23,
        "absentParts": {"withoutBytes": 3, "unreadable": 2}, "addsUp": true,
        "equation": "10 + 2 + 2 + 4 + 0 + 5 = 23", "problems": [], "notes": []
      },
      "verdictPages": {"windows:1": 18, "windows:5": 2}, "refusedPages": {"large-page": 2},
      "findings": {"email": 2}, "failures": {},
      "receipts": {
        "mapper": {"runs": 2, "pages": 20, "payloadBytes": 57344},
        "analyzers": {"runs": 2, "pages": 20, "payloadBytes": 57344}
      },
      "rangeMap": [
        {"physicalAddress": 0, "pageCount": 20, "kind": "ram", "provenance": "container",
         "established": "write-back", "largePages": false, "name": "System RAM"},
        {"physicalAddress": 1048576, "pageCount": 3, "kind": "device", "provenance": "side-file",
         "established": "uncached", "largePages": true, "name": "PCI"}
      ]
    }
    """
        .formatted(id, name, name);
  }
}
