package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageFile;
import java.util.List;

/** The SHA-256 of an image's files, computed beside the reading and not in its way. */
public interface FileDigests extends AutoCloseable {
  /** Waits until all files have been read to their ends, and gives them with their digests. */
  List<ImageFile> await();

  @Override
  void close();
}
