package io.pagestream.producer.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of an image, as it is stored.
 *
 * @param path where it is
 * @param sizeBytes its length as stored, in bytes
 * @param sha256 SHA-256 of the file as stored, lower-case hex, if it is already known: a wrapped
 *     file is read to its end when it is opened, all others are hashed by who reads them
 */
public record InputFile(Path path, long sizeBytes, Optional<String> sha256) {
  /** File name without its directory. */
  public String name() {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
