package io.pagestream.images.identity;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of an image, as it is stored.
 *
 * @param path its path
 * @param stamp its state when it was opened, or when hashing began
 * @param content its content as stored, as far as it is known: a compressed file is hashed while it
 *     is decompressed, all others separately
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
