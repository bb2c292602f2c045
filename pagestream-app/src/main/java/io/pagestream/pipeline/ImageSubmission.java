package io.pagestream.pipeline;

import io.pagestream.producer.image.ImageIdentity;
import io.pagestream.producer.image.InputFile;
import io.pagestream.producer.image.MemoryImages;
import io.pagestream.producer.image.OpenOptions;
import io.pagestream.producer.image.OpenedImage;
import io.pagestream.producer.pagetable.PageTableOptions;
import io.pagestream.producer.rangemap.PhysicalMap;
import io.pagestream.producer.rangemap.PhysicalMaps;
import io.pagestream.producer.rangesource.SideFacts;
import io.pagestream.producer.rangesource.SideFileReader;
import io.pagestream.producer.stream.FileDigests;
import io.pagestream.producer.stream.ImageStreamer;
import io.pagestream.producer.stream.StreamListener;
import io.pagestream.producer.stream.StreamRequest;
import io.pagestream.schemas.avro.ImageClosed;
import java.nio.file.Path;
import java.util.List;

/**
 * An image to be streamed: its files and its id.
 *
 * @param files the files that make it up
 * @param imageId its id
 */
public record ImageSubmission(List<Path> files, String imageId) {
  /** The submission of an image; reads samples of its files. */
  public static ImageSubmission of(List<Path> files) {
    return new ImageSubmission(List.copyOf(files), ImageIdentity.of(files));
  }

  /** The image's name for people. */
  public String name() {
    Path name = files.getFirst().getFileName();
    return name == null ? files.getFirst().toString() : name.toString();
  }

  /** Opens the image and streams it to its end. */
  public ImageClosed stream(ImageStreamer streamer, OpenOptions options, StreamListener listener)
      throws InterruptedException {
    try (OpenedImage opened = MemoryImages.open(files, options);
        FileDigests digests = new FileDigests(opened.files().stream().map(this::file).toList())) {
      SideFacts side = SideFileReader.read(opened.sideFiles());
      PhysicalMap map = PhysicalMaps.of(opened.image().extents(), side);
      PageTableOptions pageTables =
          PageTableOptions.of(options.pageTables()).withMemoryTypes(side.cache());
      return streamer.stream(
          new StreamRequest(imageId, name(), opened.image(), map, digests, List.of(), pageTables),
          listener);
    }
  }

  private FileDigests.File file(InputFile file) {
    return new FileDigests.File(file.path(), file.sizeBytes(), file.sha256().orElse(null));
  }
}
