package io.pagestream.benchmarks.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.casefolder.VerdictJson;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.CaseSeal;
import io.pagestream.cases.seal.FileHash;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.SealJson;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the folder of a finished case that never was, sealed as a real one is. */
final class SyntheticCase {
  private static final long PAGES = 4_194_304;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final SortedMap<String, SortedMap<String, Long>> kinds = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Long>> spans = new TreeMap<>();

  private SyntheticCase(Path folder) {
    this.folder = folder;
  }

  static void write(Path folder, SyntheticFindings findings, long count) throws IOException {
    Files.createDirectories(folder);
    SyntheticCase written = new SyntheticCase(folder);
    written.findings(findings);
    written.verdicts();
    Files.writeString(folder.resolve(CaseFiles.SUMMARY), "made up by the benchmark\n");
    Files.writeString(folder.resolve(CaseFiles.DEAD_LETTERS), "");
    try (OutputStream ledger = written.to(CaseFiles.LEDGER)) {
      new SyntheticLedger(ledger, PAGES).write(written.kinds);
    }
    written.manifest(count);
  }

  private void findings(SyntheticFindings findings) throws IOException {
    try (FindingJson json = new FindingJson(to(CaseFiles.FINDINGS))) {
      for (Finding finding = findings.next(); finding != null; finding = findings.next()) {
        json.write(finding);
        kinds
            .computeIfAbsent(finding.getImageId(), image -> new TreeMap<>())
            .merge(finding.getKind(), 1L, Long::sum);
      }
    }
  }

  private void verdicts() throws IOException {
    Decision mapped =
        new Decision(
            VerdictKind.MAPPED,
            "windows",
            1,
            "",
            CacheType.WRITE_BACK,
            CacheType.WRITE_BACK,
            CacheType.WRITE_BACK,
            RangeKind.RAM,
            RangeProvenance.CONTAINER,
            List.of());
    try (VerdictJson json = new VerdictJson(to(CaseFiles.VERDICTS))) {
      for (int image = 0; image < SyntheticFindings.IMAGES; image++) {
        json.write(
            SyntheticFindings.imageId(image),
            SyntheticFindings.image(image),
            new PageSpan(0, PAGES, PageContent.BYTES, mapped, null, null));
        spans.put(
            SyntheticFindings.imageId(image), new TreeMap<>(Map.of("spans", 1L, "pages", PAGES)));
      }
    }
  }

  private OutputStream to(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), BUFFER_BYTES);
  }

  private void manifest(long count) throws IOException {
    List<SealedFile> files =
        List.of(
            sealed(CaseFiles.FINDINGS, count, kinds),
            sealed(CaseFiles.VERDICTS, SyntheticFindings.IMAGES, spans),
            sealed(CaseFiles.DEAD_LETTERS, 0, new TreeMap<>()),
            sealed(CaseFiles.LEDGER, 0, new TreeMap<>()),
            sealed(CaseFiles.SUMMARY, 1, new TreeMap<>()));
    StringWriter seal = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(seal)) {
      json.writeStartObject();
      SealJson.write(json, files);
      json.writeEndObject();
    }
    List<String> images = new ArrayList<>();
    for (int image = 0; image < SyntheticFindings.IMAGES; image++) {
      images.add(image(image));
    }
    Path manifest = folder.resolve(CaseFiles.MANIFEST);
    Files.writeString(
        manifest,
        """
        {"tool": "pagestream", "version": "synthetic", "commandLine": [], "started": "2026-11-23T12:00:00Z",
         "ended": "2026-11-23T12:10:00Z", "settings": {}, "addsUp": true, "notAnalysed": [], "problems": [],
         "notes": ["made up by the benchmark"], "findings": %d, %s, "images": [%s]}
        """
            .formatted(
                count,
                seal.toString().substring(1, seal.toString().length() - 1),
                String.join(",", images)));
    Files.writeString(
        folder.resolve(CaseFiles.MANIFEST_HASH),
        CaseSeal.statement(FileHash.of(manifest, bytes -> {}).sha256()));
  }

  private SealedFile sealed(
      String name, long lines, SortedMap<String, SortedMap<String, Long>> counts) {
    Path file = folder.resolve(name);
    return new SealedFile(
        name,
        "synthetic",
        FileHash.of(file, bytes -> {}),
        FileStamp.of(file).modifiedNanos(),
        lines,
        counts);
  }

  private String image(int image) throws IOException {
    StringWriter counts = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(counts)) {
      json.writeStartObject();
      for (var kind :
          kinds.getOrDefault(SyntheticFindings.imageId(image), new TreeMap<>()).entrySet()) {
        json.writeNumberField(kind.getKey(), kind.getValue());
      }
      json.writeEndObject();
    }
    return """
    {"imageId": "%s", "name": "%s", "format": "lime", "wrapping": "", "state": "closed",
     "files": [{"name": "%2$s", "sizeBytes": 17179869184, "sha256": null}], "hints": {}, "warnings": [],
     "pages": {"mapped": 4194304, "overridden": 0, "refused": 0, "zero": 0, "excluded": 0, "absent": 0,
       "rangeMapPages": 4194304, "absentParts": {"withoutBytes": 0, "unreadable": 0}, "addsUp": true,
       "equation": "", "problems": [], "notes": []},
     "verdictPages": {"windows:1": 4194304}, "refusedPages": {}, "findings": %3$s, "failures": {},
     "receipts": {"mapper": {"runs": 65536, "pages": 4194304, "payloadBytes": 17179869184},
       "analyzers": {"runs": 65536, "pages": 4194304, "payloadBytes": 17179869184, "findings": %3$s}},
     "rangeMap": [{"physicalAddress": 0, "pageCount": 4194304, "kind": "ram", "provenance": "container",
       "established": "write-back", "largePages": false, "name": "System RAM"}]}
    """
        .formatted(SyntheticFindings.imageId(image), SyntheticFindings.image(image), counts);
  }
}
