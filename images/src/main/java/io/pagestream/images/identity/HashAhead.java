package io.pagestream.images.identity;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the images of a batch on a separate thread: the first one immediately, while the broker
 * starts, each other one while the previous one is streamed, so that an id is known when it is
 * needed.
 */
public final class HashAhead implements AutoCloseable {
  private static final long TOLD_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<List<Path>> images;
  private final Predicate<Path> hashedElsewhere;
  private final List<CompletableFuture<List<InputFile>>> hashed = new ArrayList<>();
  private final List<SideBySide> readings = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private int wanted;
  private volatile @Nullable HashProgress progress;

  /** Receives the progress of hashing while a caller waits for it. */
  @FunctionalInterface
  public interface Listener {
    /** Called several times a second on the waiting thread. */
    void hashing(HashProgress progress);
  }

  /**
   * Starts hashing.
   *
   * @param images the files of each image, in the order in which they will be requested
   * @param hashedElsewhere files to skip: the code that decompresses a file hashes it as well
   */
  public HashAhead(List<List<Path>> images, Predicate<Path> hashedElsewhere) {
    this.hashedElsewhere = hashedElsewhere;
    this.images = images.stream().map(List::copyOf).toList();
    for (int i = 0; i < images.size(); i++) {
      hashed.add(new CompletableFuture<>());
      readings.add(new SideBySide());
    }
    this.thread = Thread.ofPlatform().name("pagestream-hash").daemon().start(this::run);
  }

  /**
   * Waits for the files of an image and their digests; starts hashing the next image.
   *
   * @throws PagestreamException FILE_NOT_READABLE if a file cannot be opened
   * @throws InterruptedException if the waiting thread was interrupted
   */
  public List<InputFile> of(int image, Listener listener) throws InterruptedException {
    reading(image).searchEnded();
    List<InputFile> files = await(hashed.get(image), listener);
    allow(image + 1);
    return files;
  }

  /**
   * Keeps the hashing of an image and the search of its pages close together, and starts hashing
   * the image. Hashing waits for the search until the search has ended, or {@link #of} is called.
   */
  public SideBySide reading(int image) {
    allow(image);
    return readings.get(image);
  }

  private List<InputFile> await(CompletableFuture<List<InputFile>> future, Listener listener)
      throws InterruptedException {
    while (true) {
      try {
        return future.get(TOLD_EVERY_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        HashProgress now = progress;
        if (now != null) {
          listener.hashing(now);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof PagestreamException known
            ? known
            : new IllegalStateException("hashing failed", e.getCause());
      }
    }
  }

  /**
   * Hashes a file once more, on the caller's thread.
   *
   * @throws PagestreamException FILE_NOT_READABLE if it cannot be opened
   */
  public static InputFile again(Path file) throws InterruptedException {
    return hash(file, bytes -> {});
  }

  private void allow(int image) {
    lock.lock();
    try {
      wanted = Math.max(wanted, image);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (int image = 0; image < images.size(); image++) {
        awaitWanted(image);
        hash(image);
      }
    } catch (InterruptedException e) {
      hashed.forEach(future -> future.cancel(false));
    }
  }

  private void awaitWanted(int image) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (wanted < image) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void hash(int image) throws InterruptedException {
    CompletableFuture<List<InputFile>> future = hashed.get(image);
    try {
      List<InputFile> files = new ArrayList<>();
      readings.get(image).hashingBegins(sizeBytes(images.get(image)));
      long before = 0;
      for (Path file : images.get(image)) {
        long size = FileStamp.of(file).sizeBytes();
        files.add(
            hashedElsewhere.test(file)
                ? new InputFile(file, FileStamp.of(file), Optional.empty())
                : hash(file, size, before, readings.get(image)));
        before += size;
      }
      future.complete(files);
    } catch (PagestreamException e) {
      future.completeExceptionally(e); // opening the image reports the same, or more
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    } finally {
      progress = null;
      readings.get(image).hashingEnded();
    }
  }

  private static long sizeBytes(List<Path> files) {
    return files.stream().mapToLong(file -> FileStamp.of(file).sizeBytes()).sum();
  }

  private InputFile hash(Path file, long size, long before, SideBySide reading)
      throws InterruptedException {
    String name = String.valueOf(file.getFileName());
    return hash(
        file,
        bytes -> {
          progress = new HashProgress(name, bytes, size);
          reading.hashed(before + bytes);
        });
  }

  private static InputFile hash(Path file, FileHashing.Progress progress)
      throws InterruptedException {
    FileStamp stamp = FileStamp.of(file);
    try {
      return new InputFile(file, stamp, Optional.of(FileHashing.hash(file, progress)));
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "cannot be read for its SHA-256: " + e.getMessage(),
              "check that it exists and that you may read it")
          .causedBy(e);
    }
  }

  /** Stops hashing. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
