package io.pagestream.images.container;

import io.pagestream.images.source.FileBytes;
import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The first bytes of a decompressed file, to inspect its headers. */
public final class Beginning {
  private static final int SIZE = 64 << 10;

  private Beginning() {}

  /**
   * The first 64 KiB of the decompressed content, or all of it if shorter; fewer if it is damaged.
   *
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE
   */
  public static ImageBytes of(Path file) {
    try (ImageBytes bytes = FileBytes.open(file)) {
      HeldBytes beginning = stored(bytes);
      for (int depth = 0; depth < Unwrapping.DEEPEST; depth++) {
        Wrapping wrapping = Wrapping.of(beginning.segment());
        if (wrapping == Wrapping.NONE) {
          return unflattened(beginning);
        }
        // The outermost compression is undone from the file: the index of an xz file is at its end.
        beginning = decompressed(depth == 0 ? bytes : beginning, wrapping);
      }
      return unflattened(beginning);
    }
  }

  /**
   * The start of the file that the first records of a flattened dump represent; other bytes
   * unchanged.
   */
  private static HeldBytes unflattened(HeldBytes bytes) {
    return FlattenedBytes.recognises(bytes.segment())
        ? new HeldBytes(bytes.name(), FlattenedBytes.beginning(bytes.segment(), SIZE))
        : bytes;
  }

  private static HeldBytes stored(ImageBytes bytes) {
    MemorySegment segment = MemorySegment.ofArray(new byte[SIZE]);
    long count = bytes.read(0, segment);
    return new HeldBytes(bytes.name(), segment.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
  }

  private static HeldBytes decompressed(ImageBytes bytes, Wrapping wrapping) {
    Held held = new Held();
    try {
      Codecs.of(wrapping, ReadLimits.DEFAULT).decode(new CompressedInput(bytes, _ -> {}), held);
    } catch (IOException | PagestreamException e) {
      // The data decompressed so far is used; opening the file reports the problem.
      return held.bytes(bytes.name());
    }
    return held.bytes(bytes.name());
  }

  /** Keeps the first bytes. */
  private static final class Held extends CountingSink {
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);

    @Override
    public void append(ByteBuffer more) {
      count(more.remaining());
      more.limit(more.position() + Math.min(more.remaining(), bytes.remaining()));
      bytes.put(more);
    }

    @Override
    public boolean isFull() {
      return !bytes.hasRemaining();
    }

    HeldBytes bytes(String name) {
      byte[] held = new byte[bytes.position()];
      bytes.get(0, held);
      return new HeldBytes(name, held);
    }
  }
}
