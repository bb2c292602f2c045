package io.pagestream.exports.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.live.FindingFilter;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.schemas.avro.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The capture file, read as {@code pcap-savefile(5)} describes it. */
final class PcapExportTest {
  private static final String FRAME =
      "52550a000202525400123456" + "0800" + "4500001c0000400040110000" + "00".repeat(16);

  @TempDir private Path temporary;

  private static Finding packet(int id, String kind, Map<String, String> attributes) {
    Finding finding = SmallCase.finding(0x1000L * id, kind, "UDP 10.0.0.1:1 > 10.0.0.2:2");
    finding.setFindingId("%032x".formatted(id));
    finding.setAttributes(new HashMap<>(attributes));
    return finding;
  }

  @Test
  void writesThePacketsAndCountsThoseWithoutBytes() {
    List<Finding> findings =
        List.of(
            packet(1, "packet", Map.of("link", "ethernet", "bytes", FRAME)),
            packet(
                2,
                "packet",
                Map.of("link", "none", "bytes", "4500002c01020304", "original-length", "44")),
            packet(3, "packet", Map.of("link", "none", "bytes", "6000", "original-length", "x")),
            packet(4, "network-flow", Map.of()),
            packet(5, "packet", Map.of("link", "none")),
            packet(6, "packet", Map.of("link", "ethernet", "bytes", "0102")),
            packet(7, "packet", Map.of("link", "none", "bytes", "not hex")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportCounts counts = export(TwoImages.write(temporary.resolve("case"), findings), out);
    assertThat(counts.written()).isEqualTo(3);
    assertThat(counts.leftOut()).isEqualTo(3);
    assertThat(counts.why()).isNotEmpty();
    String zero = "00".repeat(12);
    assertThat(records(out.toByteArray()))
        .containsExactly(
            FRAME.length() / 2 + " " + FRAME,
            "58 " + zero + "0800" + "4500002c01020304",
            "16 " + zero + "86dd" + "6000");
  }

  @Test
  void aCaseWithoutPacketsResultsInACaptureWithoutPackets() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportCounts counts = export(TwoImages.write(temporary.resolve("case")), out);
    assertThat(counts).isEqualTo(new ExportCounts(0, 0, ""));
    assertThat(records(out.toByteArray())).isEmpty();
  }

  private static ExportCounts export(Path folder, ByteArrayOutputStream out) {
    ExportFormat format = Exports.find("pcap").orElseThrow();
    return new ExportRun(format, FindingFilter.ALL, null, null, false)
        .ofCase(
            CheckedCase.open(folder),
            StoreSettings.DEFAULT.withMemoryMebibytes(128),
            line -> {},
            out);
  }

  /** Original length and bytes of each record of a file whose header is valid. */
  private static List<String> records(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(in.getInt()).isEqualTo(0xa1b2c3d4);
    assertThat(in.getShort()).isEqualTo((short) 2);
    assertThat(in.getShort()).isEqualTo((short) 4);
    assertThat(in.getLong()).isZero();
    assertThat(in.getInt()).isEqualTo(262_144);
    assertThat(in.getInt()).isEqualTo(1);
    List<String> records = new ArrayList<>();
    while (in.hasRemaining()) {
      assertThat(in.getLong()).isZero();
      byte[] bytes = new byte[in.getInt()];
      int original = in.getInt();
      assertThat(original).isGreaterThanOrEqualTo(bytes.length);
      in.get(bytes);
      records.add(original + " " + HexFormat.of().formatHex(bytes));
    }
    return records;
  }
}
