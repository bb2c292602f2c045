package io.pagestream.images.source;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The holes of a sparse file: stretches for which the file system stores nothing, and which read as
 * zeros. Asked with {@code lseek} and SEEK_HOLE and SEEK_DATA (Linux lseek(2)), which may report
 * less than there is, never more: a file system that does not know its holes reports none.
 *
 * <p>The file is opened a second time, because {@code FileChannel} gives no descriptor, and
 * compared by device and inode. Only one stretch is remembered, so that asking for consecutive
 * offsets costs two system calls for each stretch. Not thread-safe.
 */
public final class FileHoles implements Closeable {
  /** Linux, asm-generic/fcntl.h and uapi/linux/fs.h. */
  private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  /** No data at or after an offset. */
  private static final int ENXIO = 6;

  private final Calls calls;
  private final int descriptor;
  private final long length;

  /** The stretch that was found last: {@code [start, end)}, a hole or data. */
  private long start;

  private long end;
  private boolean hole;

  private FileHoles(Calls calls, int descriptor, long length) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.length = length;
  }

  /**
   * Device and inode of a file, to be asked for before it is opened; null if there are none.
   *
   * @throws IOException if the file system does not provide them
   */
  public static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Opens a file to find its holes.
   *
   * @param key device and inode of the file before the caller opened it: if another file has its
   *     name meanwhile, that one's holes would be wrong
   * @param length bytes of the file that are of interest
   * @return empty if the system cannot be asked, or does not know any hole of the file
   */
  public static Optional<FileHoles> open(Path file, @Nullable Object key, long length) {
    Optional<FileHoles> holes = open(file, length);
    try {
      if (key != null && key.equals(keyOf(file))) {
        return holes;
      }
    } catch (IOException e) {
      // It no longer exists under this name.
    }
    holes.ifPresent(FileHoles::close);
    return Optional.empty();
  }

  private static Optional<FileHoles> open(Path file, long length) {
    Calls calls = Calls.INSTANCE;
    if (calls == null || length == 0 || !file.getFileSystem().equals(FileSystems.getDefault())) {
      return Optional.empty();
    }
    int descriptor = calls.open(file.toString());
    if (descriptor < 0) {
      return Optional.empty();
    }
    FileHoles holes = new FileHoles(calls, descriptor, length);
    // The end of the file counts as a hole.
    long first = calls.seek(descriptor, 0, SEEK_HOLE);
    if (first < 0 || first >= length) {
      holes.close();
      return Optional.empty();
    }
    return Optional.of(holes);
  }

  /**
   * Number of bytes from an offset on that are in a hole, up to the end of the hole or of the file;
   * 0 if the byte at the offset is not in a hole, or if that is not known.
   */
  public long zerosFrom(long offset) {
    if (offset < 0 || offset >= length) {
      return 0;
    }
    if (offset < start || offset >= end) {
      find(offset);
    }
    return hole ? end - offset : 0;
  }

  /** Number of bytes from an offset on that are not in a hole, up to the next hole or the end. */
  public long dataFrom(long offset) {
    if (offset < 0 || offset >= length) {
      return 0;
    }
    if (offset < start || offset >= end) {
      find(offset);
    }
    return hole ? 0 : end - offset;
  }

  private void find(long offset) {
    long data = calls.seek(descriptor, offset, SEEK_DATA);
    start = offset;
    if (data == -ENXIO) {
      // Also if the file has shrunk: reading, which follows, then ends early where it must.
      boolean shrunk = calls.seek(descriptor, offset, SEEK_HOLE) < 0;
      hole = !shrunk;
      end = length;
    } else if (data > offset) {
      hole = true;
      end = Math.min(data, length);
    } else {
      hole = false;
      long next = data < 0 ? -1 : calls.seek(descriptor, offset, SEEK_HOLE);
      end = next > offset ? Math.min(next, length) : length;
    }
  }

  @Override
  public void close() {
    calls.close(descriptor);
  }

  /** The system's functions. */
  @SuppressWarnings("restricted") // native access is the purpose of this class
  private static final class Calls {
    private static final String ERRNO = "errno";
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR =
        STATE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));

    /** Null where the functions, or the numbers of this class, are not those of Linux. */
    static final @Nullable Calls INSTANCE = load();

    private final MethodHandle open;
    private final MethodHandle lseek;
    private final MethodHandle close;
    private final MemorySegment state = Arena.global().allocate(STATE);

    private Calls(MethodHandle open, MethodHandle lseek, MethodHandle close) {
      this.open = open;
      this.lseek = lseek;
      this.close = close;
    }

    private static @Nullable Calls load() {
      String machine = System.getProperty("os.arch", "");
      boolean known = machine.equals("amd64") || machine.equals("aarch64");
      if (!known || !System.getProperty("os.name", "").equals("Linux")) {
        return null;
      }
      try {
        Linker linker = Linker.nativeLinker();
        return new Calls(
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("lseek"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT),
                Linker.Option.captureCallState(ERRNO)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
      } catch (RuntimeException | LinkageError e) {
        return null; // without native access, holes are read like everything else
      }
    }

    int open(String path) {
      Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
      if (!charset.newEncoder().canEncode(path)) {
        return -1;
      }
      try (Arena arena = Arena.ofConfined()) {
        byte[] bytes = path.getBytes(charset);
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return (int) open.invokeExact(text, READ_ONLY_CLOSE_ON_EXEC);
      } catch (Throwable e) {
        throw new IllegalStateException("open failed", e);
      }
    }

    /** The new offset, or the negative error number. */
    synchronized long seek(int descriptor, long offset, int whence) {
      try {
        long found = (long) lseek.invokeExact(state, descriptor, offset, whence);
        return found >= 0 ? found : -(int) ERROR.get(state, 0L);
      } catch (Throwable e) {
        throw new IllegalStateException("lseek failed", e);
      }
    }

    void close(int descriptor) {
      try {
        int result = (int) close.invokeExact(descriptor);
        assert result == 0;
      } catch (Throwable e) {
        throw new IllegalStateException("close failed", e);
      }
    }
  }
}
