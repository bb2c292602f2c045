package io.pagestream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.kernelrecord.KernelRecordReader;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.kernel.evidence.EvidenceCollector;
import io.pagestream.kernel.machine.PatchedImage;
import io.pagestream.kernel.machine.SampleGuest;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.kernel.memory.VirtualMemory;
import io.pagestream.kernel.record.LinuxKernel;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.finding.EvidenceKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's kernel with damaged records: processes, modules, sockets, files, mounts, the log,
 * and what they point to. Whatever they contain, reading ends without an error and with little
 * memory, and the damage to lists is a doubt. The number of mutations and the seed can be given as
 * system properties {@code mutations} and {@code seed}.
 */
final class HostileEvidenceTest {
  private static final long MOST_ALLOCATED = 64L << 20;

  /** Longest time for one reading: the budget of page accesses ends it. */
  private static final long MOST_NANOSECONDS = 30_000_000_000L;

  /** Bytes that are damaged behind a pointer. */
  private static final int OBJECT = 256;

  @TempDir static Path folder;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static OpenedImage opened;
  private static PatchedImage image;
  private static PhysicalPages pages;
  private static LinuxKernel kernel;
  private static List<Evidence> intact;

  @BeforeAll
  static void open() throws InterruptedException {
    opened = SampleGuest.open(folder, KernelRecordReader.OFF);
    image = new PatchedImage(opened.image());
    pages = new PhysicalPages(opened.image(), new ReadBudget(ReadBudget.DEFAULT));
    kernel =
        OpenedKernel.of(opened.image(), pages, opened.search(), PageTableProgress.NONE)
            .kernel()
            .orElseThrow();
    intact = new ArrayList<>();
    assertThat(EvidenceCollector.read(kernel, intact::add)).isEmpty();
  }

  @AfterAll
  static void close() {
    pages.close();
    opened.close();
  }

  @Test
  void damagedRecordsCauseNoErrorAndNoLargeAllocation() {
    int mutations = Integer.getInteger("mutations", 200);
    long seed = Long.getLong("seed", 20_261_128L);
    System.out.println("HostileEvidenceTest: seed " + seed + ", " + mutations + " mutations");
    Random random = new Random(seed);
    long mostAllocated = 0;
    long mostNanoseconds = 0;
    int doubtful = 0;
    for (int i = 0; i < mutations; i++) {
      for (int change = random.nextInt(4); change >= 0; change--) {
        damage(random);
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      long start = THREADS.getCurrentThreadCpuTime();
      List<Doubt> doubts = readAgain();
      mostNanoseconds = Math.max(mostNanoseconds, THREADS.getCurrentThreadCpuTime() - start);
      mostAllocated = Math.max(mostAllocated, THREADS.getCurrentThreadAllocatedBytes() - before);
      assertThat(mostAllocated).as("mutation %d of seed %d", i, seed).isLessThan(MOST_ALLOCATED);
      assertThat(mostNanoseconds)
          .as("mutation %d of seed %d", i, seed)
          .isLessThan(MOST_NANOSECONDS);
      doubtful += doubts.isEmpty() ? 0 : 1;
      image.restore();
    }
    System.out.printf(
        "HostileEvidenceTest: at most %,d bytes allocated and %,d ms of CPU; %d readings with doubts%n",
        mostAllocated, mostNanoseconds / 1_000_000, doubtful);
    assertThat(doubtful).isPositive();
  }

  /** Reads the records with nothing cached, but with the symbols and types of the intact kernel. */
  private static List<Doubt> readAgain() {
    try (PhysicalPages fresh = new PhysicalPages(image, new ReadBudget(ReadBudget.DEFAULT))) {
      VirtualMemory memory =
          new VirtualMemory(fresh, kernel.memory().mode(), 0, kernel.memory().root());
      return EvidenceCollector.read(
          new LinuxKernel(
              memory, kernel.info(), kernel.foundBy(), kernel.symbols(), kernel.layouts()),
          record -> {});
    }
  }

  private static void damage(Random random) {
    List<EvidenceKind> kinds = List.of(EvidenceKind.values());
    EvidenceKind kind = kinds.get(random.nextInt(kinds.size()));
    List<Evidence> ofKind = intact.stream().filter(record -> record.kind() == kind).toList();
    Evidence record = ofKind.get(random.nextInt(ofKind.size()));
    long address = record.address() + offset(record, random);
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      address = behind(address, random);
    }
    if (kernel.memory().translate(address) >= 0) {
      overwrite(address, random);
    }
  }

  /** The offset of a member that is read, or of any word. */
  private static long offset(Evidence record, Random random) {
    List<String> members =
        switch (record.kind()) {
          case PROCESS ->
              List.of(
                  "task_struct",
                  "tasks",
                  "mm",
                  "cred",
                  "nsproxy",
                  "files",
                  "real_parent",
                  "cgroups");
          case KERNEL_MODULE -> List.of("module", "list", "name", "core_layout");
          case SOCKET -> List.of("sock_common", "skc_family", "skc_nulls_node", "skc_num");
          case OPEN_FILE -> List.of("file", "f_path", "f_inode", "private_data");
          case MOUNT ->
              List.of("mount", "mnt_list", "mnt_parent", "mnt_mountpoint", "mnt_devname", "mnt");
          case KERNEL_LOG_RECORD -> List.of("");
        };
    int member = random.nextInt(members.size());
    return member == 0
        ? random.nextInt(Math.max(8, record.length())) & ~7
        : kernel.requireLayouts().offset(members.getFirst(), members.get(member));
  }

  /** An address in the object to which a word near an address points; otherwise the address. */
  private static long behind(long address, Random random) {
    for (long at = address; at < address + OBJECT; at += 8) {
      if (kernel.memory().translate(at) >= 0 && kernel.memory().translate(at + 7) >= 0) {
        long pointer = kernel.memory().u64(at);
        if (pointer >>> 47 == 0x1ffff && kernel.memory().translate(pointer) >= 0) {
          return (pointer & ~7) + 8L * random.nextInt(OBJECT / 8);
        }
      }
    }
    return address;
  }

  private static void overwrite(long address, Random random) {
    long word =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1 -> -1;
          case 2 -> random.nextLong();
          case 3 -> random.nextInt(1 << 21); // a count or length
          case 4 -> kernel.memory().root(); // not a pointer of the kernel
          default -> intact.get(random.nextInt(intact.size())).address() + 8L * random.nextInt(64);
        };
    for (int i = 0; i < Long.BYTES; i++) {
      long physical = kernel.memory().translate(address + i);
      if (physical >= 0) {
        image.patch(physical, (int) (word >>> (8 * i)));
      }
    }
  }
}
