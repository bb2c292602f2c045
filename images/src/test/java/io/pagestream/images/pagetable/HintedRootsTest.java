package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What notes say of page tables. */
final class HintedRootsTest {
  @Test
  void processorsWithoutPagingAreLeftOut() {
    HintedRoots hinted =
        HintedRoots.of(
            Map.of(
                "cr0.0",
                "0x80050033",
                "cr3.0",
                "0x2cda000",
                "cr4.0",
                "0x750eb0",
                "cr0.1",
                "0x60000010",
                "cr3.1",
                "0x0",
                "cr4.1",
                "0x0",
                "cr0.2",
                "0x80050033",
                "cr3.2",
                "0x293c805",
                "cr4.2",
                "0x751ea0"));
    assertThat(hinted.processors()).containsExactly(0x293c800L, 0x2cda000L);
    assertThat(hinted.cr4()).hasValue(0x750eb0);
  }

  @Test
  void theKernelsTableIsFoundThroughPhysBase() {
    assertThat(
            HintedRoots.of(
                    Map.of(
                        "vmcoreinfo.SYMBOL(swapper_pg_dir)", "ffffffffa6c10000",
                        "vmcoreinfo.NUMBER(phys_base)", "-635437056"))
                .kernel())
        .hasValue(0xffffffffa6c10000L - 0xffffffff80000000L - 635437056L);
    assertThat(HintedRoots.of(Map.of("vmcoreinfo.SYMBOL(swapper_pg_dir)", "c1a00000")).kernel())
        .hasValue(0x1a00000);
  }

  @Test
  void hintsThatMakeNoSenseAreNone() {
    HintedRoots hinted =
        HintedRoots.of(
            Map.of(
                "cr3.0", "many",
                "vmcoreinfo.SYMBOL(swapper_pg_dir)", "ffffffffa6c10000",
                "vmcoreinfo.NUMBER(phys_base)", "-9223372036854775808",
                "vmcoreinfo.NUMBER(sme_mask)", ""));
    assertThat(hinted.all()).isEmpty();
    assertThat(hinted.encryptionMask()).isZero();
  }

  @Test
  void otherMachinesTablesAreNotRead() {
    assertThat(RootFinder.foreignMachine(Map.of("machine", "aarch64"))).contains("aarch64");
    assertThat(RootFinder.foreignMachine(Map.of("machine", "x86_64"))).isEmpty();
    assertThat(RootFinder.foreignMachine(Map.of())).isEmpty();
  }
}
