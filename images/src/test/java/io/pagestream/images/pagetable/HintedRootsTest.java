package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.ProcessorState;
import io.pagestream.images.memory.VmcoreInfo;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Information about page tables in notes. */
final class HintedRootsTest {
  @Test
  void processorsWithoutPagingAreLeftOut() {
    HintedRoots hinted =
        HintedRoots.of(
            MachineFacts.NONE
                .withProcessor(new ProcessorState(0, 0x80050033L, 0x2cda000, 0x750eb0))
                .withProcessor(new ProcessorState(1, 0x60000010, 0, 0))
                .withProcessor(new ProcessorState(2, 0x80050033L, 0x293c805, 0x751ea0)));
    assertThat(hinted.processors()).containsExactly(0x293c800L, 0x2cda000L);
    assertThat(hinted.cr4()).hasValue(0x750eb0);
  }

  @Test
  void theKernelsTableIsFoundThroughPhysBase() {
    assertThat(
            hinted(
                    """
                    SYMBOL(swapper_pg_dir)=ffffffffa6c10000
                    NUMBER(phys_base)=-635437056
                    """)
                .kernel())
        .hasValue(0xffffffffa6c10000L - 0xffffffff80000000L - 635437056L);
    assertThat(hinted("SYMBOL(swapper_pg_dir)=c1a00000").kernel()).hasValue(0x1a00000);
  }

  @Test
  void hintsThatMakeNoSenseAreNone() {
    HintedRoots hinted =
        hinted(
            """
            SYMBOL(swapper_pg_dir)=ffffffffa6c10000
            NUMBER(phys_base)=-9223372036854775808
            NUMBER(sme_mask)=
            NUMBER(pgtable_l5_enabled)=many
            """);
    assertThat(hinted.all()).isEmpty();
    assertThat(hinted.encryptionMask()).isZero();
    assertThat(hinted.fiveLevels()).isFalse();
    assertThat(hinted("SYMBOL(swapper_pg_dir)=many").all()).isEmpty();
  }

  @Test
  void otherMachinesTablesAreNotRead() {
    assertThat(RootFinder.foreignMachine(MachineFacts.NONE.withArchitecture("aarch64")))
        .contains("aarch64");
    assertThat(RootFinder.foreignMachine(MachineFacts.NONE.withArchitecture("x86_64"))).isEmpty();
    assertThat(RootFinder.foreignMachine(MachineFacts.NONE)).isEmpty();
  }

  private static HintedRoots hinted(String vmcoreInfo) {
    VmcoreInfo info = VmcoreInfo.of(vmcoreInfo.getBytes(StandardCharsets.ISO_8859_1));
    return HintedRoots.of(MachineFacts.NONE.withVmcoreInfo(info));
  }
}
