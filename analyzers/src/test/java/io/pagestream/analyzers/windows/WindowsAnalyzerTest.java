package io.pagestream.analyzers.windows;

import static io.pagestream.analyzers.records.RecordSamples.binary;
import static io.pagestream.analyzers.records.RecordSamples.damaged;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WindowsAnalyzerTest extends AnalyzerContract {
  private static final byte[] CMD = RecordSamples.bytes("prefetch-17.bin");
  private static final byte[] PING = RecordSamples.bytes("prefetch-23.bin");
  private static final byte[] TASKHOST = RecordSamples.bytes("prefetch-26.bin");
  private static final byte[] NOTEPAD = RecordSamples.bytes("prefetch-30.bin");
  private static final byte[] PATCH = RecordSamples.bytes("prefetch-31.bin");
  private static final byte[] SURROGATE = RecordSamples.bytes("surrogate.lnk");
  private static final byte[] KDBG = RecordSamples.bytes("kdbg-64.bin");

  /** From a launcher of the Python package distlib. */
  private static final byte[] PDB =
      HexFormat.of()
          .parseHex(
              "52534453957c2bbdddc8474599f60dbbfedf5a3001000000"
                  + "433a5c55736572735c56696e61795c7436342e70646200");

  @Override
  protected String analyzer() {
    return "windows";
  }

  @Override
  protected List<Sample> samples() {
    byte[] empty = new byte[76];
    System.arraycopy(SURROGATE, 0, empty, 0, 20);
    return List.of(
        Sample.of(
            "prefetch of Windows XP",
            CMD,
            prefetch("CMD.EXE", 17, 152, 11986, "087B4001", 2, "2013-03-10T10:11:49.2812500Z")),
        Sample.of(
            "prefetch of Windows 7",
            PING,
            prefetch("PING.EXE", 23, 240, 11216, "B29F6629", 14, "2012-04-06T19:00:55.9329556Z")),
        Sample.of(
            "prefetch of Windows 8",
            TASKHOST,
            prefetch(
                "TASKHOST.EXE",
                26,
                304,
                28766,
                "3AE259FC",
                4,
                "2013-10-04T15:40:09.0378333Z|2013-10-04T15:28:09.0103565Z"
                    + "|2013-10-04T06:19:54.5960606Z|2013-10-04T06:11:13.6429375Z")),
        Sample.of(
            "prefetch of Windows 10",
            NOTEPAD,
            prefetch(
                "NOTEPAD.EXE",
                30,
                296,
                34286,
                "D8414F97",
                2,
                "2019-06-05T19:55:04.8777787Z|2019-06-05T19:23:00.8157052Z")),
        Sample.of(
            "prefetch of Windows 11",
            PATCH,
            prefetch(
                "AM_DELTA_PATCH_1.443.990.0.EX",
                31,
                296,
                11888,
                "7037CF86",
                1,
                "2026-02-04T13:43:44.6686325Z")),
        Sample.of("shell link", SURROGATE, link()),
        Sample.of("PDB reference", PDB, pdb()),
        Sample.of("link to a share", RecordSamples.bytes("network.bin"), networkLink()),
        Sample.of("KDBG", KDBG, kdbg()),
        Sample.of("KDBG of 32 bits", RecordSamples.bytes("kdbg-32.bin"), narrowKdbg()),
        Sample.of("shell link of zeros", empty),
        Sample.of("prefetch with another section", damaged(CMD, 84)),
        Sample.of("PDB reference without a GUID", without(PDB, 4, 16)),
        Sample.of("PDB reference of another file", damaged(PDB, PDB.length - 2)),
        Sample.of("KDBG with a list in user space", damaged(KDBG, 79)));
  }

  private static byte[] without(byte[] bytes, int offset, int length) {
    byte[] copy = bytes.clone();
    Arrays.fill(copy, offset, offset + length, (byte) 0);
    return copy;
  }

  private static Found prefetch(
      String name, int version, int length, int size, String hash, int runs, String times) {
    return new Found(
        "prefetch",
        0,
        length,
        name,
        Encoding.UTF_16LE,
        Map.of(
            "version", Integer.toString(version),
            "declared-size", Integer.toString(size),
            "path-hash", hash,
            "run-count", Integer.toString(runs),
            "last-runs", times));
  }

  private static Found link() {
    return binary(
        0,
        "lnk",
        76,
        "C:\\test\\unicode_U+0000d800_\ufffdexe",
        Map.ofEntries(
            Map.entry("target", "C:\\test\\unicode_U+0000d800_\ufffdexe"),
            Map.entry("relative-path", ".\\unicode_U+0000d800_\ufffdexe"),
            Map.entry("working-directory", "C:\\test"),
            Map.entry("created", "2023-07-10T04:01:20.7971076Z"),
            Map.entry("accessed", "2023-07-10T04:03:17.0580540Z"),
            Map.entry("modified", "2019-12-06T21:29:00.0000000Z"),
            Map.entry("target-size", "11264"),
            Map.entry("target-attributes", "0x20"),
            Map.entry("drive-type", "fixed"),
            Map.entry("volume-serial", "2CA3D1AE"),
            Map.entry("machine-id", "test"),
            Map.entry("volume-guid", "d28804b0-3144-48de-b6da-6bbf800a0016"),
            Map.entry("file-guid", "63206bc4-1ed5-11ee-a2f7-525400eeb605")));
  }

  private static Found pdb() {
    return new Found(
        "pdb-reference",
        0,
        47,
        "C:\\Users\\Vinay\\t64.pdb",
        Encoding.UTF_8,
        Map.of(
            "guid", "bd2b7c95-c8dd-4547-99f6-0dbbfedf5a30",
            "age", "1",
            "symbol-key", "BD2B7C95C8DD454799F60DBBFEDF5A301"));
  }

  private static Found networkLink() {
    return binary(
        0,
        "lnk",
        76,
        "\\\\files\\public\\plans\\2024.xlsx",
        Map.of(
            "target", "\\\\files\\public\\plans\\2024.xlsx",
            "share", "\\\\files\\public",
            "relative-path", "..\\2024.xlsx",
            "created", "2024-01-17T21:20:00.1234567Z",
            "accessed", "2024-01-17T21:20:00.1234567Z",
            "modified", "2024-01-17T21:20:00.1234567Z",
            "target-size", "4096",
            "target-attributes", "0x20"));
  }

  private static Found narrowKdbg() {
    return binary(
        0,
        "kdbg",
        88,
        "KDBG, kernel at 0x804d7000",
        Map.of(
            "size", "656",
            "kernel-base", "0x804d7000",
            "module-list", "0x805535a0",
            "process-list", "0x8055ba58"));
  }

  private static Found kdbg() {
    return binary(
        0,
        "kdbg",
        88,
        "KDBG, kernel at 0xfffff80002a0e000",
        Map.of(
            "size", "832",
            "kernel-base", "0xfffff80002a0e000",
            "module-list", "0xfffff80002c49670",
            "process-list", "0xfffff80002c2bb30"));
  }

  /** The values are those of lnkinfo. */
  @Test
  void readsTheLinkThatAnIndependentParserReads() {
    assertThat(RecordSamples.findings(WindowsAnalyzer::new, RecordSamples.bytes("nero.lnk")))
        .singleElement()
        .satisfies(link ->
            assertThat(link.attributes())
                .containsEntry(
                    "target", "C:\\Program Files (x86)\\Nero\\Nero 9\\Nero InfoTool\\InfoTool.exe")
                .containsEntry("created", "2009-06-05T20:13:20.0000000Z")
                .containsEntry("accessed", "2010-01-29T21:30:11.3321569Z")
                .containsEntry("target-size", "4635160")
                .containsEntry("arguments", "-ScParameter=30002")
                .containsEntry("volume-serial", "70ECFA33")
                .containsEntry("volume-label", "OS")
                .containsEntry("machine-id", "win-3qmdjgkf3g9")
                .containsEntry("volume-guid", "c989f572-4deb-4c64-b0d1-dc4959bbff28"));
  }
}
