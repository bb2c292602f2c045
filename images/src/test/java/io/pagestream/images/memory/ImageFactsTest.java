package io.pagestream.images.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Facts as text for a manifest, and facts of several sources. */
final class ImageFactsTest {
  @Test
  void hintsNameEachFact() {
    MachineFacts machine =
        MachineFacts.NONE
            .withArchitecture("x86_64")
            .withProcessor(new ProcessorState(1, 0x80050033L, 0x2cda000, 0x750eb0))
            .withVmcoreInfo(info("OSRELEASE=6.1.0\nCRASHTIME=1700000000\nLENGTH(x)=5\n"));
    ImageFacts facts =
        new ImageFacts(
            "kdump", List.of(), machine, Map.of("compression", "lzo"), List.of(), List.of());

    assertThat(facts.hints())
        .isEqualTo(
            Map.of(
                "machine", "x86_64",
                "kernel.release", "6.1.0",
                "compression", "lzo",
                "cr0.1", "0x80050033",
                "cr3.1", "0x2cda000",
                "cr4.1", "0x750eb0",
                "vmcoreinfo", "present",
                "vmcoreinfo.OSRELEASE", "6.1.0",
                "vmcoreinfo.CRASHTIME", "1700000000"));
    assertThat(machine.vmcoreInfo().orElseThrow().crashTime()).hasValue(1700000000L);
    assertThat(ImageFacts.of("raw").hints()).isEmpty();
  }

  @Test
  void whatIsSaidLaterCountsMore() {
    MachineFacts header =
        MachineFacts.NONE
            .withArchitecture("x86_64")
            .withKernelRelease("5.0")
            .withVmcoreInfo(info("BUILD-ID=1\nPAGESIZE=4096"));
    MachineFacts notes = MachineFacts.NONE.withVmcoreInfo(info("OSRELEASE=6.1.0\nBUILD-ID=2"));

    MachineFacts both = header.and(notes);

    assertThat(both.architecture()).contains("x86_64");
    assertThat(both.kernelRelease()).contains("6.1.0");
    assertThat(both.vmcoreInfo().orElseThrow().values())
        .containsOnly(
            Map.entry("BUILD-ID", "2"),
            Map.entry("PAGESIZE", "4096"),
            Map.entry("OSRELEASE", "6.1.0"));
    assertThat(header.and(MachineFacts.NONE)).isEqualTo(header);
    assertThat(header.withKernelRelease("").kernelRelease()).isEmpty();
  }

  private static VmcoreInfo info(String text) {
    return VmcoreInfo.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
