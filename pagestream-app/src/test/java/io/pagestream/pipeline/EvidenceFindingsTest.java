package io.pagestream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.stage.ListedValues;
import io.pagestream.analyzers.stage.ReportRules;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.finding.EvidenceKind;
import io.pagestream.schemas.finding.FindingRules;
import io.pagestream.schemas.finding.Location;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records of a kernel become findings with the address space and the address of the record. */
class EvidenceFindingsTest {
  private static final long ROOT = 0x601_0000;
  private static final long ADDRESS = 0xffff_8d50_42a1_2d00L;
  private static final long PHYSICAL = 0x2a1_2d00;

  private final EvidenceFindings findings = new EvidenceFindings(manifest(), ReportRules.NONE);

  private static ImageManifest manifest() {
    AddressRange ram =
        AddressRange.newBuilder()
            .setPhysicalAddress(0x10_0000)
            .setPageCount(0x7f00)
            .setKind(RangeKind.RAM)
            .setProvenance(RangeProvenance.KERNEL_RECORDS)
            .setEstablished(CacheType.WRITE_BACK)
            .build();
    return ImageManifest.newBuilder()
        .setImageId("00112233445566778899aabbccddeeff")
        .setName("memory.raw")
        .setFormat("raw")
        .setWrapping("")
        .setFiles(List.of())
        .setRanges(List.of(ram))
        .setRangeMapPages(0x7f00)
        .setAbsentPages(0)
        .setRunPages(64)
        .setRunsPerBlock(64)
        .setRunCount(1)
        .setLookBehindBytes(0)
        .setLookAheadBytes(0)
        .setHints(Map.of())
        .setState(ImageState.OPEN)
        .build();
  }

  private static Evidence record(EvidenceKind kind, String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Evidence(kind, ROOT, ADDRESS, OptionalLong.of(PHYSICAL), 136, values);
  }

  private static Evidence socket(String pid) {
    return record(
        EvidenceKind.SOCKET,
        "protocol",
        "tcp6",
        "local",
        "::1",
        "localPort",
        "22",
        "remote",
        "::",
        "remotePort",
        "0",
        "state",
        "listen",
        "pid",
        pid,
        "descriptor",
        "3");
  }

  private String value(EvidenceKind kind, String... namesAndValues) {
    return findings.of(record(kind, namesAndValues)).orElseThrow().getValue();
  }

  @Test
  void aRecordIsAFindingInTheAddressSpaceOfItsKernel() {
    Finding finding = findings.of(socket("12")).orElseThrow();
    assertThat(Location.of(finding)).isEqualTo(Location.virtual(ROOT, ADDRESS));
    assertThat(finding.getAnalyzer()).isEqualTo("kernel");
    assertThat(finding.getKind()).isEqualTo("socket");
    assertThat(finding.getRangeKind()).isEqualTo(RangeKind.RAM);
    assertThat(finding.getLength()).isEqualTo(136);
    assertThat(finding.getAttributes())
        .containsEntry("local-port", "22")
        .containsEntry("physical-address", "0x2a12d00")
        .doesNotContainKey("inode");
    byte[] key = finding.getFindingId().getBytes(StandardCharsets.UTF_8);
    assertThat(new FindingRules().violation(key, finding)).isNull();
  }

  @Test
  void ownersOfOneSocketAreDistinctFindings() {
    Finding one = findings.of(socket("12")).orElseThrow();
    Finding other = findings.of(socket("13")).orElseThrow();
    assertThat(one.getValue()).isEqualTo("tcp6 [::1]:22 -> [::]:0 listen [pid 12 fd 3]");
    assertThat(other.getFindingId()).isNotEqualTo(one.getFindingId());
  }

  @Test
  void theValueIsWhatAReaderSearchesFor() {
    assertThat(value(EvidenceKind.PROCESS, "pid", "1", "name", "init")).isEqualTo("init");
    assertThat(value(EvidenceKind.PROCESS, "pid", "1", "name", "")).isEqualTo("-");
    assertThat(value(EvidenceKind.KERNEL_MODULE, "name", "virtio")).isEqualTo("virtio");
    assertThat(value(EvidenceKind.MOUNT, "device", "none", "path", "/proc")).isEqualTo("/proc");
    assertThat(value(EvidenceKind.OPEN_FILE, "pid", "1", "descriptor", "0", "path", "/dev/ttyS1"))
        .isEqualTo("/dev/ttyS1 [pid 1 fd 0]");
    assertThat(value(EvidenceKind.KERNEL_LOG_RECORD, "time", "0.232000", "text", "Booting"))
        .isEqualTo("[    0.232000] Booting");
    assertThat(
            value(
                EvidenceKind.SOCKET,
                "protocol",
                "unix",
                "path",
                "@x",
                "pid",
                "1",
                "descriptor",
                "4"))
        .isEqualTo("unix @x [pid 1 fd 4]");
  }

  @Test
  void onlySelectedKindsAreKept() {
    ReportRules mounts = new ReportRules(Set.of("mount"), ListedValues.NONE, ListedValues.NONE);
    EvidenceFindings selected = new EvidenceFindings(manifest(), mounts);
    assertThat(selected.of(socket("12"))).isEmpty();
    assertThat(selected.of(record(EvidenceKind.MOUNT, "path", "/"))).isPresent();
  }
}
