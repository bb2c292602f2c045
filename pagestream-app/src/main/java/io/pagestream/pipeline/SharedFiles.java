package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.avro.ImageManifest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The image files of a job, which its analyzers read directly. Only files passed to the job are
 * ever opened: no record names a path.
 */
final class SharedFiles implements PayloadFiles {
  private final Map<String, List<InputFile>> images = new ConcurrentHashMap<>();

  /** Makes the files of an image readable, before its first run is sent. */
  void add(String imageId, List<InputFile> files) {
    images.put(imageId, List.copyOf(files));
  }

  @Override
  public void read(ImageManifest manifest, int index, long offset, MemorySegment destination) {
    List<InputFile> files = images.getOrDefault(manifest.getImageId(), List.of());
    if (index < 0 || index >= files.size()) {
      PayloadFiles.NONE.read(manifest, index, offset, destination);
      return;
    }
    ReferencedFile.read(files.get(index), offset, destination);
  }
}
