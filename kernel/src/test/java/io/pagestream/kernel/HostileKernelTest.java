package io.pagestream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pagestream.images.kernelrecord.KernelRecords;
import io.pagestream.images.pagetable.PageSearch;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.images.rangemap.PhysicalMaps;
import io.pagestream.images.rangesource.SideFacts;
import io.pagestream.kernel.machine.FakeMachine;
import io.pagestream.kernel.machine.MiniKernel;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kernels whose records are damaged or forged: whatever they contain, reading ends without an error
 * and with little memory. The number of mutations and the seed can be given as system properties
 * {@code mutations} and {@code seed}.
 */
final class HostileKernelTest {
  private static final long MOST_ALLOCATED = 64L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void theKernelWithoutDamageHasAllRecords() throws InterruptedException {
    KernelRecords records = read(MiniKernel.machine());
    assertThat(records.doubts()).isEmpty();
    assertThat(records.sources().getFirst().claims()).hasSize(5);
    assertThat(records.cache().mtrr()).isPresent();
    assertThat(records.cache().pat()).isPresent();
    assertThat(records.tracked()).hasSize(3);
    assertThat(records.roots()).hasSize(3);
  }

  @Test
  void mutationsCauseNoErrorAndNoLargeAllocation() throws InterruptedException {
    int mutations = Integer.getInteger("mutations", 150);
    long seed = Long.getLong("seed", 20_261_127L);
    System.out.println("HostileKernelTest: seed " + seed + ", " + mutations + " mutations");
    Random random = new Random(seed);
    FakeMachine machine = MiniKernel.machine();
    byte[] memory = machine.memory();
    int complete = 0;
    for (int i = 0; i < mutations; i++) {
      int place = random.nextInt(MiniKernel.places());
      int start = MiniKernel.start(place);
      int length = MiniKernel.length(place);
      byte[] saved = java.util.Arrays.copyOfRange(memory, start, start + length);
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutate(memory, start + random.nextInt(length - 8), random);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      KernelRecords records = read(machine);
      PhysicalMaps.of(machine.extents(), records.after(SideFacts.NONE));
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("mutation %d of seed %d", i, seed).isLessThan(MOST_ALLOCATED);
      complete += records.roots().size() >= 3 ? 1 : 0;
      System.arraycopy(saved, 0, memory, start, length);
    }
    assertThat(complete).as("kernels that survive their damage").isPositive();
  }

  private static void mutate(byte[] memory, int at, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> memory[at] = (byte) random.nextInt();
      case 1 -> memory[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> { // a count or length
        for (int i = 0; i < 4; i++) {
          memory[at + i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
        }
      }
      case 3 -> { // a pointer to somewhere else in the kernel
        long pointer = FakeMachine.KERNEL + 0x11_0000 + 8L * random.nextInt(0x400);
        int aligned = at & ~7;
        for (int i = 0; i < 8; i++) {
          memory[aligned + i] = (byte) (pointer >>> (8 * i));
        }
      }
      default -> memory[at] = 0;
    }
  }

  private static KernelRecords read(FakeMachine machine) throws InterruptedException {
    return new LinuxRecordReader().read(machine, new PageSearch(machine), PageTableProgress.NONE);
  }

  @Test
  void aBudgetEndsReading() throws InterruptedException {
    FakeMachine machine = MiniKernel.machine();
    for (long accesses = 0; accesses < 4000; accesses += 97) {
      try (PhysicalPages pages = new PhysicalPages(machine, new ReadBudget(accesses))) {
        try {
          OpenedKernel.of(machine, pages, new PageSearch(machine), PageTableProgress.NONE);
        } catch (io.pagestream.kernel.memory.DamagedRecordException e) {
          assertThat(pages.budget().isSpent()).isTrue();
        }
      }
    }
  }
}
