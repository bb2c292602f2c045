package io.pagestream.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * An image to be streamed.
 *
 * @param files the files of the image
 * @param label its display name; part of its id
 */
public record ImageSubmission(List<Path> files, String label) {
  /** Copies the list. */
  public ImageSubmission {
    files = List.copyOf(files);
  }

  /** The submission of an image that is named after its first file; reads nothing. */
  public static ImageSubmission of(List<Path> files) {
    Path first = files.getFirst();
    Path name = first.getFileName();
    return new ImageSubmission(files, name == null ? first.toString() : name.toString());
  }
}
