package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of an image's files, computed on a thread beside the reading. It keeps close behind
 * the reader, so that it finds in the page cache what the reader has just fetched from the disk,
 * whatever order the format makes the reader read in.
 */
public final class FileDigests implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 20;

  private final List<File> files;
  private final long totalBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CompletableFuture<List<ImageFile>> result = new CompletableFuture<>();
  private final Thread thread;
  private long allowedBytes;
  private boolean closed;

  /**
   * A file to digest.
   *
   * @param path where it is
   * @param sizeBytes its size
   * @param knownSha256 its digest in lower-case hex if somebody has computed it already
   */
  public record File(Path path, long sizeBytes, @Nullable String knownSha256) {}

  /** Starts to digest files, in their order. */
  public FileDigests(List<File> files) {
    this.files = List.copyOf(files);
    this.totalBytes =
        files.stream().filter(f -> f.knownSha256() == null).mapToLong(File::sizeBytes).sum();
    this.thread = Thread.ofPlatform().name("pagestream-digest").daemon().start(this::run);
  }

  /** The files without their digests, unless known. */
  public List<ImageFile> undigested() {
    return files.stream().map(file -> imageFile(file, file.knownSha256())).toList();
  }

  /** The reader has come this far, from 0 to 1; the digest may follow. */
  void follow(double fraction) {
    allow((long) (totalBytes * fraction));
  }

  /** Digests what is left, and gives all files with their digests. */
  List<ImageFile> await() {
    allow(Long.MAX_VALUE);
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PagestreamException known ? known : e;
    }
  }

  private void allow(long bytes) {
    lock.lock();
    try {
      allowedBytes = Math.max(allowedBytes, bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      List<ImageFile> digested = new ArrayList<>();
      long done = 0;
      for (File file : files) {
        String known = file.knownSha256();
        digested.add(imageFile(file, known == null ? digest(file, done) : known));
        done += known == null ? file.sizeBytes() : 0;
      }
      result.complete(digested);
    } catch (IOException e) {
      result.completeExceptionally(
          PagestreamException.of(
                  ErrorCode.READ_FAILED,
                  "could not read a file to its end for its SHA-256: " + e.getMessage(),
                  "look at the disk")
              .causedBy(e));
    } catch (InterruptedException e) {
      result.cancel(false);
    }
  }

  private String digest(File file, long doneBefore) throws IOException, InterruptedException {
    MessageDigest digest = sha256();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      long done = 0;
      while (true) {
        awaitAllowance(doneBefore + done + CHUNK_BYTES);
        int read = channel.read(chunk.clear());
        if (read < 0) {
          return HexFormat.of().formatHex(digest.digest());
        }
        digest.update(chunk.flip());
        done += read;
      }
    }
  }

  private void awaitAllowance(long bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (allowedBytes < bytes && !closed) {
        changed.await();
      }
      if (closed) {
        throw new InterruptedException("no digest wanted any more");
      }
    } finally {
      lock.unlock();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static ImageFile imageFile(File file, @Nullable String sha256) {
    Path name = file.path().getFileName();
    return new ImageFile(name == null ? "" : name.toString(), file.sizeBytes(), sha256);
  }

  /** Stops digesting if it has not come to its end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }
}
