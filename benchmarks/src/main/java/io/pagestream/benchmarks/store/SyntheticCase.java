package io.pagestream.benchmarks.store;

import io.pagestream.findings.casefolder.FindingJson;
import io.pagestream.schemas.avro.Finding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the folder of a finished case that never was. */
final class SyntheticCase {
  private SyntheticCase() {}

  static void write(Path folder, SyntheticFindings findings, long count) throws IOException {
    Files.createDirectories(folder);
    try (FindingJson json =
        new FindingJson(
            new BufferedOutputStream(
                Files.newOutputStream(folder.resolve("findings.jsonl")), 1 << 20))) {
      for (Finding finding = findings.next(); finding != null; finding = findings.next()) {
        json.write(finding);
      }
    }
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"tool": "pagestream", "version": "synthetic", "commandLine": [], "started": "2026-11-23T12:00:00Z",
         "ended": "2026-11-23T12:10:00Z", "settings": {}, "addsUp": true, "notAnalysed": [], "problems": [],
         "notes": ["made up by the benchmark"], "findings": %d, "images": [%s]}
        """
            .formatted(
                count,
                IntStream.range(0, SyntheticFindings.IMAGES)
                    .mapToObj(SyntheticCase::image)
                    .collect(Collectors.joining(","))));
  }

  private static String image(int image) {
    return """
    {"imageId": "%s", "name": "%s", "format": "lime", "wrapping": "", "state": "closed",
     "files": [{"name": "%2$s", "sizeBytes": 17179869184, "sha256": null}], "hints": {}, "warnings": [],
     "pages": {"mapped": 4194304, "overridden": 0, "refused": 0, "zero": 0, "excluded": 0, "absent": 0,
       "rangeMapPages": 4194304, "absentParts": {"withoutBytes": 0, "unreadable": 0}, "addsUp": true,
       "equation": "", "problems": [], "notes": []},
     "verdictPages": {}, "refusedPages": {}, "findings": {}, "failures": {},
     "receipts": {"mapper": {"runs": 65536, "pages": 4194304, "payloadBytes": 17179869184},
       "analyzers": {"runs": 65536, "pages": 4194304, "payloadBytes": 17179869184}},
     "rangeMap": [{"physicalAddress": 0, "pageCount": 4194304, "kind": "ram", "provenance": "container",
       "established": "write-back", "largePages": false, "name": "System RAM"}]}
    """
        .formatted(SyntheticFindings.imageId(image), SyntheticFindings.image(image));
  }
}
