package io.pagestream.batch;

import io.pagestream.pipeline.ImageSubmission;
import io.pagestream.producer.stream.ImageNames;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Names that the user gives to images. Each is {@code FILE=NAME} for the image with this file, or
 * {@code NAME} for all images of the batch; a label needs a single image.
 *
 * @param labels labels
 * @param hosts names of machines
 * @param evidenceIds ids of exhibits
 */
public record GivenNames(List<String> labels, List<String> hosts, List<String> evidenceIds) {
  /** No names. */
  public static final GivenNames NONE = new GivenNames(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public GivenNames {
    labels = List.copyOf(labels);
    hosts = List.copyOf(hosts);
    evidenceIds = List.copyOf(evidenceIds);
  }

  /**
   * The images of a batch with their names.
   *
   * @param images the files of each image
   * @param taken labels of images that are in the case
   * @throws PagestreamException {@link ErrorCode#USAGE} if a name is for no image of the batch, or
   *     two images would have one label
   */
  public List<ImageSubmission> submissions(List<List<Path>> images, Set<String> taken) {
    requireImages("--label", labels, images, false);
    requireImages("--host", hosts, images, true);
    requireImages("--evidence-id", evidenceIds, images, true);
    Set<String> reserved = new HashSet<>(taken);
    for (List<Path> files : images) {
      find(labels, files, images).ifPresent(reserved::add);
    }
    List<String> found = ImageLabels.of(images.stream().map(List::getFirst).toList(), reserved);
    List<ImageSubmission> submissions = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < images.size(); i++) {
      List<Path> files = images.get(i);
      Optional<String> label = find(labels, files, images);
      if (label.isPresent() && (!used.add(label.get()) || taken.contains(label.get()))) {
        throw usage("the label '%s' is the label of another image".formatted(label.get()));
      }
      submissions.add(
          new ImageSubmission(
              files,
              new ImageNames(
                  label.orElse(found.get(i)),
                  find(hosts, files, images).orElse(""),
                  find(evidenceIds, files, images).orElse(""))));
    }
    return submissions;
  }

  private static void requireImages(
      String option, List<String> names, List<List<Path>> images, boolean forAll) {
    for (String name : names) {
      boolean named = images.stream().anyMatch(files -> ofFile(name, files).isPresent());
      if (!named && !forAll && images.size() > 1) {
        throw usage(
            "%s %s names none of the %d images; write FILE=NAME"
                .formatted(option, name, images.size()));
      }
      if (name.isEmpty()) {
        throw usage(option + " is empty");
      }
    }
  }

  /** The name of an image: one for its file, otherwise the last one for all images. */
  private static Optional<String> find(
      List<String> names, List<Path> files, List<List<Path>> images) {
    Optional<String> found = Optional.empty();
    for (String name : names) {
      if (images.stream().noneMatch(image -> ofFile(name, image).isPresent())) {
        found = Optional.of(name);
      }
    }
    for (String name : names) {
      Optional<String> own = ofFile(name, files);
      found = own.isPresent() ? own : found;
    }
    return found;
  }

  /** The name in {@code FILE=NAME}, if FILE is one of the files. */
  private static Optional<String> ofFile(String name, List<Path> files) {
    for (int at = name.indexOf('='); at > 0; at = name.indexOf('=', at + 1)) {
      String file = name.substring(0, at);
      for (Path path : files) {
        if (path.toString().equals(file)
            || path.toAbsolutePath()
                .normalize()
                .equals(Path.of(file).toAbsolutePath().normalize())) {
          return Optional.of(name.substring(at + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static PagestreamException usage(String what) {
    return PagestreamException.of(ErrorCode.USAGE, what, "see 'pagestream analyze --help'");
  }
}
