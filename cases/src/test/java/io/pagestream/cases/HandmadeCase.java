package io.pagestream.cases;

import io.pagestream.cases.casefolder.FindingJson;
import io.pagestream.cases.casefolder.VerdictJson;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a case whose image has one page or stretch of each sort: RAM with an override, an
 * alias under a large page, page tables, and absent pages; a device after a hole; a hostile name.
 */
public final class HandmadeCase {
  public static final String NAME = "evil\u001b[2J.raw";

  private static final String MANIFEST =
      """
      {
        "tool": "pagestream",
        "images": [
          {
            "imageId": "IMAGE",
            "name": "evil\\u001b[2J.raw",
            "pages": {
              "mapped": 19, "overridden": 2, "refused": 5, "zero": 3, "excluded": 0, "absent": 11,
              "rangeMapPages": 40, "absentParts": {"withoutBytes": 10, "unreadable": 1},
              "addsUp": true, "equation": ""
            },
            "verdictPages": {"windows:1": 1, "windows:5": 23, "windows:6": 2, "windows:100": 4},
            "refusedPages": {"paging-structure": 1, "device-memory-not-read": 4},
            "rangeMap": [
              {"physicalAddress": 0, "pageCount": 36, "kind": "ram", "provenance": "container",
               "established": "unknown", "largePages": false, "name": "PT_LOAD\\u202e 1"},
              {"physicalAddress": 4273995776, "pageCount": 4, "kind": "device",
               "provenance": "side-file", "established": "unknown", "largePages": false, "name": ""}
            ]
          }
        ]
      }
      """;

  private HandmadeCase() {}

  /** Writes the case into a folder. */
  public static Path in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("manifest.json"), MANIFEST.replace("IMAGE", SmallCase.IMAGE));
      try (VerdictJson json =
          new VerdictJson(Files.newOutputStream(folder.resolve("verdicts.jsonl")))) {
        for (PageSpan span : spans()) {
          json.write(SmallCase.IMAGE, NAME, span);
        }
      }
      try (FindingJson json =
          new FindingJson(Files.newOutputStream(folder.resolve("findings.jsonl")))) {
        // It begins on the previous page and extends into page 4.
        Finding crossing =
            SmallCase.finding(4 * 4096 - 8, "url", "http://x.test/\u001b]0;owned\u0007");
        crossing.setLength(30);
        json.write(crossing);
        json.write(SmallCase.finding(4 * 4096 + 16, "email", "a@example.com"));
        json.write(SmallCase.finding(9 * 4096, "email", "b@example.com"));
      }
      return SealedFolder.seal(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PageSpan> spans() {
    return List.of(
        span(0, 18, PageContent.BYTES, ram(VerdictKind.MAPPED, 5, ""), mapped(1)),
        span(18, 2, PageContent.BYTES, overridden(), aliased()),
        span(20, 1, PageContent.BYTES, ram(VerdictKind.REFUSED, 1, "paging-structure"), tables()),
        span(21, 3, PageContent.ZERO, ram(VerdictKind.MAPPED, 5, ""), mapped(2)),
        span(24, 1, PageContent.UNREADABLE, ram(VerdictKind.MAPPED, 5, ""), mapped(0)),
        span(25, 1, PageContent.BYTES, ram(VerdictKind.MAPPED, 5, ""), mapped(Mapping.MANY)),
        new PageSpan(0xfec0_0000L, 4, PageContent.BYTES, device(), null));
  }

  private static PageSpan span(
      int first, int pages, PageContent content, Decision decision, Mapping mapping) {
    return new PageSpan(first * 4096L, pages, content, decision, mapping);
  }

  private static Decision ram(VerdictKind verdict, int row, String reason) {
    return new Decision(
        verdict,
        "windows",
        row,
        reason,
        CacheType.WRITE_BACK,
        CacheType.WRITE_BACK,
        verdict == VerdictKind.REFUSED ? CacheType.UNKNOWN : CacheType.WRITE_BACK,
        RangeKind.RAM,
        RangeProvenance.CONTAINER,
        List.of("unlocked"));
  }

  private static Decision overridden() {
    return new Decision(
        VerdictKind.OVERRIDDEN,
        "windows",
        6,
        "established-write-combined",
        CacheType.WRITE_BACK,
        CacheType.WRITE_COMBINING,
        CacheType.WRITE_COMBINING,
        RangeKind.RAM,
        RangeProvenance.CONTAINER,
        List.of("unlocked", "aliased"));
  }

  private static Decision device() {
    return new Decision(
        VerdictKind.REFUSED,
        "windows",
        100,
        "device-memory-not-read",
        CacheType.UNCACHED,
        CacheType.UNCACHED,
        CacheType.UNKNOWN,
        RangeKind.DEVICE,
        RangeProvenance.SIDE_FILE,
        List.of());
  }

  private static Mapping mapped(int mappings) {
    return new Mapping(
        mappings, mappings == 0 ? List.of() : List.of(CacheType.WRITE_BACK), false, false, null);
  }

  private static Mapping tables() {
    return new Mapping(1, List.of(CacheType.WRITE_BACK), false, true, null);
  }

  private static Mapping aliased() {
    return new Mapping(
        2,
        List.of(CacheType.WRITE_COMBINING, CacheType.WRITE_BACK),
        true,
        false,
        new Mapping.Alias(
            0xffff_8880_0001_2000L,
            CacheType.WRITE_COMBINING,
            0x1ba_d000L,
            0x7f00_0000_0000L,
            CacheType.WRITE_BACK,
            0x1bb_0000L,
            false,
            false));
  }
}
