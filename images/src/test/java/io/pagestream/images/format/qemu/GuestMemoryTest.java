package io.pagestream.images.format.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where machines of QEMU have their RAM. */
final class GuestMemoryTest {
  private static final long MIB = 1L << 20;

  /** The part below 4 GiB for machines of a size, as QEMU's {@code info mtree} shows it. */
  @ParameterizedTest
  @CsvSource({
    "pc-i440fx-7.2, pc.ram, 128, 128",
    "pc-i440fx-7.2, pc.ram, 3583, 3583",
    "pc-i440fx-7.2, pc.ram, 3584, 3072",
    "pc-i440fx-7.2, pc.ram, 5120, 3072",
    "pc-i440fx-rhel7.6.0, pc.ram, 5120, 3072",
    "pc-i440fx-1.7, pc.ram, 5120, 3584",
    "pc-1.2, pc.ram, 5120, 3584",
    "rhel6.6.0, pc.ram, 5120, 3584",
    "pc-q35-7.2, pc.ram, 2815, 2815",
    "pc-q35-7.2, pc.ram, 2816, 2048",
    "pc-q35-7.2, pc.ram, 5120, 2048",
    "pc-q35-rhel9.2.0, ram-node0, 8192, 2048",
    "microvm, microvm.ram, 2048, 2048",
    "microvm, microvm.ram, 4096, 3072"
  })
  void aPcHasAHoleBelowFourGib(String machine, String block, long mib, long lowMib) {
    List<GuestMemory.Part> parts = GuestMemory.of(machine, block, mib * MIB, OptionalLong.empty());
    assertThat(parts.getFirst()).isEqualTo(new GuestMemory.Part(0, 0, lowMib * MIB));
    if (lowMib < mib) {
      assertThat(parts.getLast())
          .isEqualTo(new GuestMemory.Part(lowMib * MIB, 4096 * MIB, (mib - lowMib) * MIB));
    } else {
      assertThat(parts).hasSize(1);
    }
  }

  @Test
  void theCmosHasPrecedenceIfItAddsUp() {
    byte[] cmos = new byte[128];
    cmos[0x35] = 0x20; // 0x2000 units of 64 KiB above 16 MiB
    cmos[0x5c] = 0x10; // 0x1000 units at 4 GiB
    OptionalLong low = GuestMemory.lowMemory(cmos, (16 + 512 + 256) * MIB);
    assertThat(low).hasValue(528 * MIB);
    assertThat(GuestMemory.lowMemory(cmos, 1024 * MIB)).isEmpty();
    assertThat(GuestMemory.of("pc-q35-7.2", "pc.ram", 784 * MIB, low))
        .containsExactly(
            new GuestMemory.Part(0, 0, 528 * MIB),
            new GuestMemory.Part(528 * MIB, 4096 * MIB, 256 * MIB));
  }

  @Test
  void otherMachinesHaveTheirOwnBase() {
    assertThat(GuestMemory.of("virt-7.2", "mach-virt.ram", MIB, OptionalLong.empty()))
        .containsExactly(new GuestMemory.Part(0, 1024 * MIB, MIB));
    assertThat(GuestMemory.of("virt", "riscv_virt_board.ram", MIB, OptionalLong.empty()))
        .containsExactly(new GuestMemory.Part(0, 2048 * MIB, MIB));
    assertThat(GuestMemory.of("s390-ccw-virtio-7.2", "s390.ram", MIB, OptionalLong.empty()))
        .isEmpty();
  }
}
