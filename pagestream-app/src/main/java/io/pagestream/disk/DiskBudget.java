package io.pagestream.disk;

import io.pagestream.cases.text.Quantities;
import io.pagestream.images.container.UnwrapProgress;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the disk space of a job: its temporary files, and the files of the case. The job ends when
 * its disk usage, including the space required to write the case, reaches the budget, or when less
 * free space is left than must remain free.
 *
 * <p>{@link #check} is confined to one thread; {@link #requireRoom} and the accounting of
 * decompressed images may be called on any thread.
 */
public final class DiskBudget {
  private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final Path folder;
  private final Path scratch;
  private final long budget;
  private final long keptFree;
  private final LongSupplier usable;
  private final LongSupplier nanos;
  private final AtomicLong decompressed = new AtomicLong();
  private long nextCheckNanos;
  private volatile @Nullable PagestreamException reached;

  DiskBudget(
      Path folder,
      Path scratch,
      long budget,
      long keptFree,
      LongSupplier usable,
      LongSupplier nanos) {
    this.folder = folder;
    this.scratch = scratch;
    this.budget = budget;
    this.keptFree = keptFree;
    this.usable = usable;
    this.nanos = nanos;
    this.nextCheckNanos = nanos.getAsLong();
  }

  /**
   * The budget of a job.
   *
   * @param folder the case folder, which exists
   * @param scratch the job's folder for temporary files within it
   * @param given the budget in bytes if the user gives one; otherwise {@link #defaultBytes} of the
   *     current free space
   */
  public static DiskBudget of(Path folder, Path scratch, Optional<Long> given) {
    FileStore store = store(folder);
    long free = usable(store);
    return new DiskBudget(
        folder.toAbsolutePath(),
        scratch.toAbsolutePath(),
        given.orElse(defaultBytes(free)),
        headroom(free) / 2,
        () -> usable(store),
        System::nanoTime);
  }

  /** The budget without an option: the free space less a reserve. */
  static long defaultBytes(long free) {
    return free - headroom(free);
  }

  /** The space that remains free: a twentieth, at least 1 GiB, but never more than a quarter. */
  static long headroom(long free) {
    return Math.min(free / 4, Math.max(GIB, free / 20));
  }

  /** The budget, in bytes. */
  public long bytes() {
    return budget;
  }

  /**
   * Measures the disk usage of the job from time to time.
   *
   * @return why the job must end; empty if it may continue
   */
  public Optional<PagestreamException> check() {
    if (reached == null && nanos.getAsLong() - nextCheckNanos >= 0) {
      nextCheckNanos = nanos.getAsLong() + INTERVAL_NANOS;
      measure();
    }
    return Optional.ofNullable(reached);
  }

  private void measure() {
    try {
      DiskUse use = DiskUse.measure(folder, scratch, decompressed.get());
      long free = usable.getAsLong();
      long ahead = ahead(use);
      if (use.total() + ahead > budget) {
        reached = reached("its disk budget of " + Quantities.bytes(budget), use);
      } else if (free < keptFree + ahead) {
        reached =
            reached("the end of the disk, with %s free".formatted(Quantities.bytes(free)), use);
      }
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED,
              folder.toString(),
              "the disk usage of the case cannot be determined: " + e.getMessage(),
              "check its permissions and the disk")
          .causedBy(e);
    }
  }

  /**
   * The additional space to write the case: sorted data is merged into new files, or written as
   * text, which is half as large again, before it is deleted. The broker's records are deleted
   * before.
   */
  private static long ahead(DiskUse use) {
    long sorted = use.of(DiskUse.Part.SORTED);
    return Math.max(0, sorted + sorted / 2 - use.of(DiskUse.Part.BROKER));
  }

  private static PagestreamException reached(String what, DiskUse use) {
    return PagestreamException.of(
        ErrorCode.DISK_FULL,
        "the job has reached %s (%s) and was ended".formatted(what, use.words()),
        "free space, give a larger --disk-budget or another --out, or analyze fewer images at"
            + " once; the findings so far are in the case folder, which is incomplete");
  }

  /**
   * Ends work on another thread once the budget is reached.
   *
   * @throws PagestreamException {@link ErrorCode#DISK_FULL}, the same as {@link #check} throws
   */
  public void requireRoom() {
    PagestreamException end = reached;
    if (end != null) {
      throw end;
    }
  }

  /** Whether an exception was thrown by this budget. */
  public boolean isReachedBy(PagestreamException exception) {
    return exception.equals(reached);
  }

  /** Counts the decompressed data of one image in files that no folder lists. */
  public UnwrapProgress decompressing() {
    return new Decompressed();
  }

  private final class Decompressed implements UnwrapProgress {
    private final AtomicLong ofImage = new AtomicLong();

    @Override
    public void unwrapped(String file, long bytesIn, long totalBytesIn, long bytesOut) {
      requireRoom();
    }

    @Override
    public void stored(long bytes) {
      ofImage.addAndGet(bytes);
      decompressed.addAndGet(bytes);
    }
  }

  /**
   * An image has been closed, and its decompressed data is deleted.
   *
   * @param image the result of {@link #decompressing} for this image
   */
  public void imageClosed(UnwrapProgress image) {
    if (image instanceof Decompressed closed) {
      decompressed.addAndGet(-closed.ofImage.getAndSet(0));
    }
  }

  private static FileStore store(Path folder) {
    try {
      return Files.getFileStore(folder);
    } catch (IOException e) {
      throw unknown(folder.toString(), e);
    }
  }

  private static long usable(FileStore store) {
    try {
      return store.getUsableSpace();
    } catch (IOException e) {
      throw unknown(store.name(), e);
    }
  }

  private static PagestreamException unknown(String what, IOException cause) {
    return PagestreamException.inFile(
            ErrorCode.READ_FAILED,
            what,
            "the free space cannot be determined: " + cause.getMessage(),
            "check the disk")
        .causedBy(cause);
  }

  /** The smallest accepted budget: the broker alone takes about 20 MiB. */
  public static final long LEAST = 64 * MIB;
}
