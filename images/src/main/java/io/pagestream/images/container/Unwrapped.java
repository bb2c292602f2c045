package io.pagestream.images.container;

import io.pagestream.images.identity.InputFile;
import io.pagestream.images.source.ImageBytes;
import java.util.List;

/**
 * A decompressed file.
 *
 * @param bytes its content, with its doubts
 * @param file the file as stored
 * @param wrapping compression and containers that were removed, outermost first
 */
public record Unwrapped(ImageBytes bytes, InputFile file, List<String> wrapping) {
  /** Copies the lists. */
  public Unwrapped {
    wrapping = List.copyOf(wrapping);
  }
}
