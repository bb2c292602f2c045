package io.pagestream.images;

import io.pagestream.images.container.Beginning;
import io.pagestream.images.foreign.ForeignFormats;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.source.FileBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a file of a folder is an image, by its first bytes. A file that may be one is one: it is
 * analyzed, or its error is listed, rather than passed over.
 */
public sealed interface ScannedFile {
  /** Smallest file of no known format that is taken for raw memory. */
  long LEAST_RAW_BYTES = 64L << 10;

  /**
   * From this size on, a file of no known format is taken for raw memory even if it is not a whole
   * number of pages: it may have been truncated.
   */
  long LEAST_TRUNCATED_BYTES = 1L << 20;

  /** An image, or a file that cannot be excluded to be one. */
  record Image() implements ScannedFile {}

  /**
   * Not an image.
   *
   * @param reason the end of a sentence that begins with the file
   */
  record Other(String reason) implements ScannedFile {}

  /** Scans a file; one that cannot be read is an image, so that its error is reported. */
  static ScannedFile of(Path file) {
    try (ImageBytes bytes = FileBytes.open(file);
        ImageBytes beginning = Beginning.of(file)) {
      return of(bytes, beginning);
    } catch (PagestreamException e) {
      return new Image();
    }
  }

  private static ScannedFile of(ImageBytes bytes, ImageBytes beginning) {
    if (bytes.length() == 0) {
      return new Other("is empty");
    }
    if (isKnown(beginning)) {
      return new Image();
    }
    boolean compressed = head(bytes).mismatch(head(beginning)) >= 0;
    ImageBytes whole = compressed ? beginning : bytes;
    Optional<String> foreign = ForeignFormats.name(whole);
    if (foreign.isPresent()) {
      return ForeignFormats.mayHoldMemory(whole) ? new Image() : new Other("is " + foreign.get());
    }
    if (isText(head(beginning))) {
      return new Other("is text");
    }
    if (whole.length() < LEAST_RAW_BYTES) {
      return new Other("has no known format, and less than 64 KiB");
    }
    return whole.length() % Pages.SIZE == 0 || whole.length() >= LEAST_TRUNCATED_BYTES
        ? new Image()
        : new Other("has no known format, and is not a whole number of pages");
  }

  private static boolean isKnown(ImageBytes beginning) {
    if (ImageFormats.part(beginning).isPresent()) {
      return true;
    }
    MemorySegment header = head(beginning);
    return ImageFormats.all().stream().anyMatch(format -> format.recognises(header));
  }

  private static MemorySegment head(ImageBytes bytes) {
    int size = (int) Math.min(ImageFormat.HEADER_BYTES, bytes.length());
    return bytes.require(0, size, "the first page");
  }

  private static boolean isText(MemorySegment head) {
    for (long i = 0; i < head.byteSize(); i++) {
      int character = head.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      if (character == 0x7f || (character < ' ' && (character < '\t' || character > '\r'))) {
        return false;
      }
    }
    return true;
  }
}
