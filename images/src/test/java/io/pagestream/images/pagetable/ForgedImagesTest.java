package io.pagestream.images.pagetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.schemas.avro.MappingSpan;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that a generator forges: a program that can write to its own pages, or one that got an
 * entry into a live table, must not change what is known about any other page.
 */
final class ForgedImagesTest {
  private static final int PAGES = 256;
  private static final int TRIES = Integer.getInteger("forged.tries", 24);

  /** The user's pages; the attacker controls the first half of them. */
  private static final int USER = 128;

  private static final int CONTROLLED = 64;
  private static final long TABLE = 0x67;
  private static final long KERNEL = 0x63;
  private static final long LARGE_UNCACHED = 0x80 | 0x18 | TABLE;
  private static final long SMALL_UNCACHED = 0x18 | TABLE;

  @TempDir private Path folder;

  private enum Forgery {
    FAKE_ROOT,
    ENTRY_IN_LIVE_TABLE,
    UNCACHED_LARGE_PAGES,
    USER_PAGE_AS_TABLE
  }

  @Test
  void noForgeryChangesWhatIsKnownOfAnyPage() throws IOException {
    long seed = Long.getLong("forged.seed", new Random().nextLong());
    System.out.println("ForgedImagesTest: -Dforged.seed=" + seed);
    Random random = new Random(seed);
    List<String> sound = decisions(guest());
    assertThat(sound).filteredOn(line -> line.contains("true")).hasSize(8);
    for (int i = 0; i < TRIES; i++) {
      ByteBuffer memory = guest();
      Forgery forgery = Forgery.values()[i % Forgery.values().length];
      forge(memory, forgery, random);
      assertThat(decisions(memory)).as("%s, %d", forgery, i).isEqualTo(sound);
    }
  }

  /** Page tables at 0x1000 to 0x8000: a direct map in the kernel's half, and a user's pages. */
  private static ByteBuffer guest() {
    ByteBuffer memory = ByteBuffer.allocate(PAGES * Pages.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    entry(memory, 1, 0, 2, TABLE);
    entry(memory, 2, 0, 3, TABLE);
    entry(memory, 3, 2, 4, TABLE);
    for (int i = 0; i < PAGES - USER; i++) {
      entry(memory, 4, i, USER + i, TABLE);
    }
    entry(memory, 1, 273, 5, KERNEL);
    entry(memory, 5, 0, 6, KERNEL);
    entry(memory, 6, 0, 7, KERNEL);
    for (int i = 0; i < PAGES; i++) {
      entry(memory, 7, i, i, KERNEL);
    }
    entry(memory, 1, 511, 8, KERNEL);
    return memory;
  }

  private static void forge(ByteBuffer memory, Forgery forgery, Random random) {
    int page = controlled(random);
    switch (forgery) {
      case FAKE_ROOT -> {
        // A copy of the kernel's half, and a user half of its own.
        memory.put(page * Pages.SIZE + 2048, memory, Pages.SIZE + 2048, 2048);
        int pointers = controlled(random);
        entry(memory, page, random.nextInt(256), pointers, TABLE);
        fill(memory, pointers, random, LARGE_UNCACHED);
      }
      case ENTRY_IN_LIVE_TABLE -> {
        int table = 1 + random.nextInt(3);
        entry(memory, table, 10 + random.nextInt(200), page, TABLE);
        fill(memory, page, random, SMALL_UNCACHED);
      }
      case UNCACHED_LARGE_PAGES -> {
        entry(memory, 2, 10 + random.nextInt(400), page, TABLE);
        fill(memory, page, random, LARGE_UNCACHED);
      }
      case USER_PAGE_AS_TABLE -> {
        // Tables of all levels in the user's pages, which map each other and the genuine ones.
        int middle = controlled(random);
        int last = controlled(random);
        entry(memory, 1, 10 + random.nextInt(200), page, TABLE);
        entry(memory, page, random.nextInt(512), middle, TABLE);
        entry(memory, middle, random.nextInt(512), last, TABLE);
        fill(memory, last, random, SMALL_UNCACHED);
      }
    }
  }

  private static int controlled(Random random) {
    return USER + random.nextInt(CONTROLLED);
  }

  /** Each page is a target of two entries, in any order. */
  private static void fill(ByteBuffer memory, int table, Random random, long flags) {
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      targets.add(i % PAGES);
    }
    Collections.shuffle(targets, random);
    for (int i = 0; i < 512; i++) {
      entry(memory, table, i, (flags & 0x80) != 0 ? 0 : targets.get(i), flags);
    }
  }

  private static void entry(ByteBuffer memory, int table, int index, long target, long flags) {
    memory.putLong(table * Pages.SIZE + index * Long.BYTES, Pages.address(target) | flags);
  }

  /** Everything that a verdict depends on, page by page. */
  private List<String> decisions(ByteBuffer memory) throws IOException {
    byte[] bytes = new byte[memory.capacity()];
    memory.get(0, bytes);
    Path file = Files.write(folder.resolve("guest.elf"), elf(bytes));
    List<String> decisions = new ArrayList<>();
    try (OpenedImage opened = MemoryImages.open(List.of(file), OpenOptions.defaults())) {
      PageMappings mappings = TestTables.read(opened.image());
      for (int page = 0; page < PAGES; page++) {
        MappingSpan span = mappings.spansOf(Pages.address(page), 1).getFirst();
        decisions.add(
            "%d %s %d %d %b %b"
                .formatted(
                    page,
                    span.getEstablished(),
                    span.getMappings(),
                    span.getCacheTypes(),
                    span.getLargePage(),
                    span.getPagingStructure()));
      }
    }
    return decisions;
  }

  /** An ELF64 core of x86-64 with QEMU's note: CR3 is 0x1000. */
  private static byte[] elf(byte[] memory) {
    int noteOffset = 64 + 2 * 56;
    int noteBytes = 12 + 8 + 440;
    ByteBuffer out = ByteBuffer.allocate(Pages.SIZE + memory.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) 4).putShort((short) 62).putInt(1).putLong(0).putLong(64).putLong(0);
    out.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 2).position(64);
    out.putInt(4).putInt(0).putLong(noteOffset).putLong(0).putLong(0);
    out.putLong(noteBytes).putLong(noteBytes).putLong(0);
    out.putInt(1).putInt(0).putLong(Pages.SIZE).putLong(0).putLong(0);
    out.putLong(memory.length).putLong(memory.length).putLong(0);
    out.putInt(5).putInt(440).putInt(0).put("QEMU\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    int note = out.position();
    int controls = note + 8 + 18 * 8 + 10 * 24;
    out.putInt(note, 1).putInt(note + 4, 440).putLong(controls, 0x8005_0033L);
    out.putLong(controls + 24, 0x1000).putLong(controls + 32, 0x0075_0ef0);
    return out.position(Pages.SIZE).put(memory).array();
  }
}
