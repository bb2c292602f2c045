package io.pagestream.pipeline;

import io.pagestream.producer.stream.ImageNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An image to be streamed.
 *
 * @param files the files of the image
 * @param names its label, host and exhibit
 */
public record ImageSubmission(List<Path> files, ImageNames names) {
  /** Copies the list. */
  public ImageSubmission {
    files = List.copyOf(files);
  }

  /** The submission of an image that is named after its first file; reads nothing. */
  public static ImageSubmission of(List<Path> files) {
    Path first = files.getFirst();
    Path name = first.getFileName();
    return new ImageSubmission(
        files, ImageNames.of(name == null ? first.toString() : name.toString()));
  }

  /** Its display name. */
  public String label() {
    return names.label();
  }

  /** Absolute path of its first file. */
  public String path() {
    return files.getFirst().toAbsolutePath().normalize().toString();
  }

  /** Sum of the sizes of its files, in bytes; those that cannot be read count 0. */
  public long sizeBytes() {
    return files.stream().mapToLong(ImageSubmission::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // opening the image reports it
    }
  }
}
