package io.pagestream.images.container;

import io.pagestream.images.identity.FileContent;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.InputFile;
import io.pagestream.images.source.FileBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a file and removes its compression and containers. */
public final class Unwrapping {
  /** An image is compressed once, perhaps twice by accident; more is a bomb. */
  static final int DEEPEST = 2;

  private static final int HEADER_BYTES = 16;
  private static final String LIBVIRT = "libvirt";

  private Unwrapping() {}

  /**
   * Opens a file; a compressed one is decompressed to a scratch file first.
   *
   * @throws PagestreamException for a file that cannot be opened, DISK_FULL, IMAGE_CORRUPT
   */
  public static Unwrapped open(Path path, UnwrapOptions options) {
    ImageBytes bytes = FileBytes.open(path);
    try {
      FileStamp stamp = FileStamp.of(path);
      Optional<FileContent> content = Optional.empty();
      List<String> wrappings = new ArrayList<>();
      int layers = 0;
      while (true) {
        Wrapping wrapping = wrapping(bytes);
        boolean saved = LibvirtSave.recognises(header(bytes));
        if (wrapping == Wrapping.NONE && !saved) {
          break;
        }
        if (saved && wrappings.contains(LIBVIRT)) {
          throw bytes.corrupt(0, "a libvirt save file inside a libvirt save file");
        }
        if (saved) {
          bytes = LibvirtSave.open(bytes);
          wrappings.add(LIBVIRT);
          continue;
        }
        if (layers == DEEPEST) {
          throw PagestreamException.inFile(
              ErrorCode.FORMAT_UNSUPPORTED,
              path.toString(),
              "has more than %d layers of compression".formatted(DEEPEST),
              "decompress it first");
        }
        layers++;
        Decompression.Outcome outcome = Decompression.run(bytes, wrapping, options);
        bytes.close();
        bytes = outcome.bytes();
        if (wrappings.isEmpty()) {
          content = Optional.of(outcome.content());
        }
        wrappings.add(wrapping.word());
      }
      if (isFlattened(bytes)) {
        bytes = FlattenedBytes.open(bytes, options.limits());
        wrappings.add("flattened");
        if (isFlattened(bytes)) {
          throw bytes.corrupt(0, "a flattened dump inside a flattened dump");
        }
      }
      return new Unwrapped(bytes, new InputFile(path, stamp, content), wrappings);
    } catch (Throwable e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * Whether a file is compressed, so that opening it reads and hashes all of it.
   *
   * @throws PagestreamException for a file that cannot be opened
   */
  public static boolean isCompressed(Path path) {
    try (ImageBytes bytes = FileBytes.open(path)) {
      int size = (int) Math.min(HEADER_BYTES, bytes.length());
      MemorySegment header = MemorySegment.ofArray(new byte[size]);
      return bytes.read(0, header) == size && wrapping(bytes) != Wrapping.NONE;
    }
  }

  private static Wrapping wrapping(ImageBytes bytes) {
    Wrapping wrapping = Wrapping.of(header(bytes));
    // A volume of AFF4 is an image, not a file in an archive.
    if (wrapping == Wrapping.ZIP && ZipDirectory.isAff4(bytes)) {
      return Wrapping.NONE;
    }
    return wrapping == Wrapping.NONE && ZlibStreams.recognises(bytes) ? Wrapping.ZLIB : wrapping;
  }

  private static boolean isFlattened(ImageBytes bytes) {
    return FlattenedBytes.recognises(header(bytes));
  }

  private static MemorySegment header(ImageBytes bytes) {
    int size = (int) Math.min(HEADER_BYTES, bytes.length());
    return bytes.require(0, size, "the header");
  }
}
