package io.pagestream.images.container;

import io.pagestream.images.identity.InputFile;
import io.pagestream.images.source.ImageBytes;
import java.util.List;

/**
 * A file without its wrapping.
 *
 * @param bytes what was in it, with its doubts
 * @param file the file as stored
 * @param wrapping what was taken off, outermost first
 */
public record Unwrapped(ImageBytes bytes, InputFile file, List<String> wrapping) {
  /** Copies the lists. */
  public Unwrapped {
    wrapping = List.copyOf(wrapping);
  }
}
