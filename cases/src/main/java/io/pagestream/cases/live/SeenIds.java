package io.pagestream.cases.live;

import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids received so far: an exact set of 128-bit numbers, in an open-addressing table of 16 bytes
 * per slot. It starts on the heap; from 98,304 ids on it is a mapped temporary file (0600, deleted
 * while it is open) that doubles when it is three quarters full. 10 million ids take 256 MiB, which
 * the system may write out, and no heap. Confined to one thread.
 *
 * <p>A Bloom filter would omit findings. With 64 bits, an attacker could compute two contents with
 * equal ids, and the first would hide the second.
 */
final class SeenIds implements AutoCloseable {
  private static final int SLOT_BYTES = 16;
  private static final int FIRST_SLOTS = 1 << 17;
  private static final int ZEROS = 1 << 20;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final Path folder;

  /** Other clients may write ids to the topic and must not be able to choose colliding slots. */
  private final long salt = new SecureRandom().nextLong();

  private Table table = new Table(MemorySegment.ofArray(new long[2 * FIRST_SLOTS]), null);
  private long size;
  private boolean hasZero;

  /** A table and the arena that unmaps it; null on the heap. */
  private record Table(MemorySegment slots, @Nullable Arena arena) {
    long count() {
      return slots.byteSize() / SLOT_BYTES;
    }

    void close() {
      if (arena != null) {
        arena.close();
      }
    }
  }

  /**
   * An empty set.
   *
   * @param folder folder in which its file is created when it is needed
   */
  SeenIds(Path folder) {
    this.folder = folder;
  }

  /** Ids in the set. */
  long size() {
    return size;
  }

  /**
   * Adds an id; returns whether it was new.
   *
   * @param id 32 hex digits
   * @throws io.pagestream.schemas.error.PagestreamException PS-320 if the set needs a larger file
   *     and the folder for temporary files has no space for it
   */
  boolean add(String id) {
    long high = Long.parseUnsignedLong(id, 0, 16, 16);
    long low = Long.parseUnsignedLong(id, 16, 32, 16);
    if ((high | low) == 0) { // marks a free slot
      boolean isNew = !hasZero;
      hasZero = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    if (!put(table, high, low)) {
      return false;
    }
    size++;
    if (size * 4 > table.count() * 3) {
      grow();
    }
    return true;
  }

  private boolean put(Table into, long high, long low) {
    MemorySegment slots = into.slots();
    long mask = into.count() - 1;
    for (long slot = place(high, low) & mask; ; slot = (slot + 1) & mask) {
      long at = slot * SLOT_BYTES;
      long h = slots.get(LONG, at);
      long l = slots.get(LONG, at + Long.BYTES);
      if ((h | l) == 0) {
        slots.set(LONG, at, high);
        slots.set(LONG, at + Long.BYTES, low);
        return true;
      }
      if (h == high && l == low) {
        return false;
      }
    }
  }

  /** The finalizer of MurmurHash3 over both halves and the salt. */
  private long place(long high, long low) {
    long mixed = high ^ salt;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed ^= low;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  private void grow() {
    Table larger = file(2 * table.count());
    for (long at = 0; at < table.slots().byteSize(); at += SLOT_BYTES) {
      long high = table.slots().get(LONG, at);
      long low = table.slots().get(LONG, at + Long.BYTES);
      if ((high | low) != 0) {
        put(larger, high, low);
      }
    }
    table.close();
    table = larger;
  }

  @SuppressWarnings("MustBeClosed") // closed with the table
  private Table file(long slots) {
    Path file = folder.resolve("pagestream-seen-" + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            onlyOwner())) {
      // Written, not only resized: a full disk must cause an error here, not a fault in the
      // mapping.
      ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
      for (long left = slots * SLOT_BYTES; left > 0; ) {
        zeros.clear().limit((int) Math.min(ZEROS, left));
        left -= channel.write(zeros);
      }
      Arena arena = Arena.ofConfined();
      return new Table(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, slots * SLOT_BYTES, arena), arena);
    } catch (IOException e) {
      throw SystemFailure.temporaryFolder(
          "it cannot hold the ids of %,d findings".formatted(size), e);
    }
  }

  private static FileAttribute<?>[] onlyOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    table.close();
  }
}
