package io.pagestream.images;

import io.pagestream.images.identity.InputFile;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.rangesource.SideFiles;
import java.io.Closeable;
import java.util.List;

/**
 * A memory image and the files that it came from.
 *
 * @param image the image; {@link MemoryImage#facts()} has format, wrapping, hints and warnings
 * @param files its files, in the order of their contents
 * @param sideFiles what belongs to it, given or found beside it
 * @param foundSideFiles those of the side files that were found by their names
 */
public record OpenedImage(
    MemoryImage image, List<InputFile> files, SideFiles sideFiles, SideFiles foundSideFiles)
    implements Closeable {
  /** Copies the list. */
  public OpenedImage {
    files = List.copyOf(files);
  }

  /** The name of its first file. */
  public String name() {
    return files.getFirst().name();
  }

  @Override
  public void close() {
    image.close();
  }
}
