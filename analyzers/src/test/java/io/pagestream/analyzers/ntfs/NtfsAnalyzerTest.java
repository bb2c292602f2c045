package io.pagestream.analyzers.ntfs;

import static io.pagestream.analyzers.records.RecordSamples.binary;
import static io.pagestream.analyzers.records.RecordSamples.damaged;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class NtfsAnalyzerTest extends AnalyzerContract {
  private static final byte[] MFT = RecordSamples.bytes("mft.bin");
  private static final byte[] ENTRY = Arrays.copyOfRange(MFT, 1024, 2048);
  private static final byte[] INDEX = RecordSamples.bytes("indx.bin");
  private static final byte[] JOURNAL = RecordSamples.bytes("usn-2.bin");
  private static final byte[] RENAMED = Arrays.copyOfRange(JOURNAL, 0x150, 0x1a0);
  private static final byte[] LOG = RecordSamples.bytes("log-record.bin");
  private static final byte[] RESTART = RecordSamples.bytes("log-restart.bin");
  private static final String TIME = "2026-11-27T17:22:50.6732416Z";

  @Override
  protected String analyzer() {
    return "ntfs";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("MFT entry", ENTRY, entry("on-disk")),
        Sample.of("MFT entry of a cache", inCache(ENTRY), entry("applied")),
        Sample.of("MFT entry with another's sector", damaged(ENTRY, 1022), entry("damaged")),
        Sample.of("change journal", RENAMED, renamed()),
        Sample.of("change journal, version 3", RecordSamples.bytes("usn-3.bin"), usn3()),
        Sample.of("log", LOG, log()),
        Sample.of("start of the log", RESTART, restart()),
        Sample.of("MFT entry with a broken chain", damaged(ENTRY, 60)),
        Sample.of("index record with another size", damaged(INDEX, 32)),
        Sample.of("change journal with an unknown reason", damaged(RENAMED, 43)),
        Sample.of("change journal with another length", damaged(RENAMED, 0)),
        Sample.of("change journal without a time", damaged(RENAMED, 39)),
        Sample.of("log of which a sector is another's", damaged(LOG, 510)));
  }

  /** The replaced bytes are zero in this entry. */
  private static byte[] inCache(byte[] entry) {
    byte[] copy = entry.clone();
    Arrays.fill(copy, 510, 512, (byte) 0);
    Arrays.fill(copy, 1022, 1024, (byte) 0);
    return copy;
  }

  private static Found entry(String sequence) {
    Map<String, String> attributes =
        new HashMap<>(
            Map.of(
                "entry", "65",
                "sequence", "1",
                "parent-entry", "5",
                "parent-sequence", "5",
                "in-use", "true",
                "directory", "false",
                "links", "1",
                "size", "6",
                "streams", "secret",
                "update-sequence", sequence));
    for (String time : List.of("created", "modified", "entry-changed", "accessed")) {
      attributes.put(time, TIME);
      attributes.put("name-" + time, TIME);
    }
    return binary(0, "mft-entry", 1024, "note.txt", attributes);
  }

  private static Found renamed() {
    return new Found(
        "usn-record",
        0,
        80,
        "first.txt",
        Encoding.UTF_16LE,
        Map.of(
            "version", "2",
            "usn", "336",
            "time", "2015-11-30T21:15:35.8906250Z",
            "reason", "rename-new-name",
            "file-attributes", "0x20",
            "file-entry", "30",
            "file-sequence", "1",
            "parent-entry", "5",
            "parent-sequence", "5"));
  }

  private static Found usn3() {
    return new Found(
        "usn-record",
        0,
        96,
        "\u5831\u544a\u66f8.docx",
        Encoding.UTF_16LE,
        Map.of(
            "version", "3",
            "usn", "987654",
            "time", "2024-01-17T21:20:00.1234567Z",
            "reason", "file-delete|close",
            "file-attributes", "0x20",
            "file-entry", "77",
            "file-sequence", "4",
            "parent-entry", "5",
            "parent-sequence", "5"));
  }

  private static Found log() {
    return binary(
        0,
        "logfile-page",
        4096,
        "log records up to LSN 19088743",
        Map.of(
            "page", "record",
            "last-lsn", "19088743",
            "last-complete-lsn", "19088736",
            "update-sequence", "on-disk"));
  }

  private static Found restart() {
    return binary(
        0,
        "logfile-page",
        4096,
        "log restart area",
        Map.of(
            "page", "restart", "check-lsn", "0", "version", "1.1", "update-sequence", "on-disk"));
  }

  /** The values are those of fsntfsinfo. */
  @Test
  void findsTheFilesThatAnIndependentParserLists() {
    assertThat(RecordSamples.findings(NtfsAnalyzer::new, MFT))
        .extracting(
            Found::value,
            found -> found.attributes().get("size"),
            found -> found.attributes().get("created"))
        .containsExactly(
            Tuple.tuple("evidence-archive.bin", "5000", "2026-11-27T17:22:50.6529827Z"),
            Tuple.tuple("note.txt", "6", TIME),
            Tuple.tuple(
                "Gr\u00fc\u00dfe aus K\u00f6ln \u2013 a long name with spaces.txt",
                "6",
                "2026-11-27T17:22:50.6808701Z"));
  }

  @Test
  void listsTheFilesOfAnIndexOnDiskAndInTheCache() {
    for (String name : List.of("indx.bin", "indx-applied.bin")) {
      assertThat(RecordSamples.findings(NtfsAnalyzer::new, RecordSamples.bytes(name)))
          .singleElement()
          .satisfies(index -> {
            assertThat(index.kind()).isEqualTo("indx-record");
            assertThat(index.attributes().get("names"))
                .startsWith("$AttrDef|$BadClus|$Bitmap|$Boot|")
                .contains("|evidence-archive.bin|", "|note.txt");
            assertThat(index.attributes())
                .containsEntry("parent-entry", "5")
                .containsEntry("entries", "15")
                .containsEntry("update-sequence", name.contains("applied") ? "applied" : "on-disk");
          });
    }
  }

  @Test
  void findsEveryRecordOfAChangeJournal() {
    assertThat(RecordSamples.findings(NtfsAnalyzer::new, JOURNAL))
        .hasSize(19)
        .extracting(found -> found.attributes().get("usn"))
        .startsWith("0", "112", "224", "336")
        .endsWith("1664");
  }
}
