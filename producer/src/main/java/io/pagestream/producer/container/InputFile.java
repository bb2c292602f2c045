package io.pagestream.producer.container;

import io.pagestream.producer.identity.FileContent;
import io.pagestream.producer.identity.FileStamp;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of an image, as it is stored.
 *
 * @param path where it is
 * @param stamp its state when it was opened
 * @param content what it holds as stored, if that is already known: a compressed file is read to
 *     its end when it is opened, all others are hashed apart
 */
public record InputFile(Path path, FileStamp stamp, Optional<FileContent> content) {
  /** Its length as stored, in bytes. */
  public long sizeBytes() {
    return stamp.sizeBytes();
  }

  /** File name without its directory. */
  public String name() {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
