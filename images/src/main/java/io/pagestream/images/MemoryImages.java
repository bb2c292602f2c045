package io.pagestream.images;

import io.pagestream.images.container.Unwrapped;
import io.pagestream.images.container.Unwrapping;
import io.pagestream.images.format.ImageFormat;
import io.pagestream.images.format.ImageInput;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.images.rangesource.FoundSideFiles;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens memory images: the entry point for all readers. */
public final class MemoryImages {
  private MemoryImages() {}

  /**
   * Opens the files of one image. The format is recognized by content, never by name.
   *
   * @param files one file, or all parts of a split image in any order
   * @throws PagestreamException with a code of 1xx or 2xx for problems of the files, 3xx for those
   *     of the machine
   */
  public static OpenedImage open(List<Path> files, OpenOptions options) {
    if (files.isEmpty()) {
      throw PagestreamException.of(ErrorCode.USAGE, "no image file given", "give at least one");
    }
    List<Unwrapped> unwrapped = new ArrayList<>();
    try {
      for (Path file : files) {
        unwrapped.add(Unwrapping.open(file, options.unwrapping()));
      }
      return opened(unwrapped, options);
    } catch (Throwable e) {
      unwrapped.forEach(one -> one.bytes().close());
      throw e;
    }
  }

  private static OpenedImage opened(List<Unwrapped> unwrapped, OpenOptions options) {
    Unwrapped first = unwrapped.getFirst();
    ImageFormat format =
        options.format().isPresent()
            ? ImageFormats.named(options.format().get())
            : ImageFormats.recognise(unwrapped.stream().map(Unwrapped::bytes).toList());
    if (unwrapped.size() > 1 && !format.mayBeSplit()) {
      throw PagestreamException.inFile(
          ErrorCode.USAGE,
          first.bytes().name(),
          "is a complete image (%s), not a part of one".formatted(format.name()),
          "give each image separately; only the parts of a split dump belong together");
    }
    FoundSideFiles found =
        options.findSideFiles()
            ? FoundSideFiles.of(
                options.sideFiles().beside(first.file().path(), first.wrapping().size()))
            : FoundSideFiles.NONE;
    SideFiles sideFiles = options.sideFiles().and(found.usable());
    List<Doubt> doubts = new ArrayList<>(found.doubts());
    if (options.format().isPresent()) {
      doubts.addAll(ImageFormats.forced(format, first.bytes()));
    }
    MemoryImage image =
        format.open(
            new ImageInput(
                unwrapped.stream().map(Unwrapped::bytes).toList(),
                first.file().path(),
                first.wrapping(),
                sideFiles.first(SideFileKind.RANGES),
                doubts,
                options.limits()));
    return new OpenedImage(
        image,
        unwrapped.stream().map(Unwrapped::file).toList(),
        sideFiles,
        found.usable(),
        options.pageTables(),
        options.kernelRecords());
  }
}
