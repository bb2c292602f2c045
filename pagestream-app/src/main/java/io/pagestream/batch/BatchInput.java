package io.pagestream.batch;

import io.pagestream.images.ImageGrouping;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.ScannedFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images among the files, folders and patterns that a user gives. A file that is named is
 * always an image. A folder is searched, with the folders below it, for files that are or may be
 * images ({@link ScannedFile}); what is passed over is listed.
 */
public final class BatchInput {
  private static final int MOST_FILES = 1_000_000;
  private static final String PATTERN = "*?[{";

  private final Set<Path> excluded;
  private final List<Path> files = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private BatchInput(Set<Path> excluded) {
    this.excluded = excluded;
  }

  /**
   * The images of a batch.
   *
   * @param images the files of each image, in the order in which they were given; those of a folder
   *     by name
   * @param skipped files and folders that were passed over, as sentences
   */
  public record Found(List<List<Path>> images, List<String> skipped) {
    /** Copies the lists. */
    public Found {
      images = List.copyOf(images);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Finds the images.
   *
   * @param given files, folders, and patterns such as {@code dumps/*.raw} or {@code dumps/**.lime}
   * @param excluded folders that are not searched: the output of the job
   * @param options the options with which the images will be opened
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND} if none of them exists, {@link
   *     ErrorCode#USAGE} if there is no image among them
   */
  public static Found find(List<Path> given, Set<Path> excluded, OpenOptions options) {
    BatchInput input = new BatchInput(excluded);
    given.forEach(input::add);
    return input.found(given, options);
  }

  private Found found(List<Path> given, OpenOptions options) {
    if (files.isEmpty()) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "no memory image is in %s%s"
              .formatted(given, skipped.isEmpty() ? "" : " (" + skipped.getFirst() + ")"),
          "name the files themselves if they are images");
    }
    List<List<Path>> images =
        files.size() == 1
            ? ImageGrouping.group(files, options)
            : ImageGrouping.groupReadable(files, options);
    if (images.stream().allMatch(image -> image.stream().noneMatch(Files::isReadable))) {
      ImageGrouping.group(files, options); // throws the error of the first file
    }
    return new Found(images, skipped);
  }

  private void add(Path path) {
    if (Files.isDirectory(path)) {
      searchFolder(path);
    } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || !isPattern(path)) {
      files.add(path);
    } else {
      expand(path);
    }
  }

  private static boolean isPattern(Path path) {
    return path.toString().chars().anyMatch(character -> PATTERN.indexOf(character) >= 0);
  }

  /** Expands a pattern that the shell has not expanded, such as a quoted one. */
  private void expand(Path pattern) {
    Path top = Path.of("");
    int fixed = 0;
    while (fixed < pattern.getNameCount() - 1 && !isPattern(pattern.getName(fixed))) {
      fixed++;
    }
    if (pattern.isAbsolute()) {
      top = pattern.getRoot();
    }
    for (int i = 0; i < fixed; i++) {
      top = top.resolve(pattern.getName(i));
    }
    boolean relative = top.toString().isEmpty();
    int depth =
        pattern.toString().contains("**") ? Integer.MAX_VALUE : pattern.getNameCount() - fixed;
    var matcher = pattern.getFileSystem().getPathMatcher("glob:" + pattern);
    List<Path> matches;
    try (Stream<Path> found = Files.walk(relative ? Path.of(".") : top, depth)) {
      matches =
          found
              .map(path -> relative ? Path.of(".").relativize(path) : path)
              .filter(matcher::matches)
              .limit(MOST_FILES)
              .sorted()
              .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      matches = List.of();
    }
    if (matches.isEmpty()) {
      files.add(pattern); // opening it reports that it does not exist
    }
    matches.forEach(this::add);
  }

  private void searchFolder(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new Search(found));
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              folder.toString(),
              "the folder cannot be searched: " + e.getMessage(),
              "check its permissions")
          .causedBy(e);
    }
    found.sort(null);
    for (Path file : found) {
      switch (ScannedFile.of(file)) {
        case ScannedFile.Image image -> files.add(file);
        case ScannedFile.Other(String reason) -> skipped.add("%s %s".formatted(file, reason));
      }
    }
  }

  /** Lists the regular files of a folder; folders of cases and links to folders are passed over. */
  private final class Search extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Search(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (excluded.contains(folder.toAbsolutePath().normalize())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (Files.exists(folder.resolve("manifest.json"))
          && Files.exists(folder.resolve("findings.jsonl"))) {
        skipped.add(folder + " is a case folder");
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() || Files.isRegularFile(file)) {
        found.add(file);
      } else {
        skipped.add(
            file + (attributes.isSymbolicLink() ? " is a link to no file" : " is not a file"));
      }
      if (found.size() < MOST_FILES) {
        return FileVisitResult.CONTINUE;
      }
      skipped.add(
          "the folder contains more than %d files; the rest was not searched"
              .formatted(MOST_FILES));
      return FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      found.add(file); // listed as an image that cannot be read
      return FileVisitResult.CONTINUE;
    }
  }
}
