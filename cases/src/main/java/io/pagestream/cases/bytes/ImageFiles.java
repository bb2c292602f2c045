package io.pagestream.cases.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds an image's files in the folders that the user named. Only the name that the case gives is
 * looked for, without any folder in it, so that a hostile manifest leads nowhere else.
 *
 * @param folders where to look, in this order
 * @param caseFolder the one of them that may come from another person: links in it are not followed
 */
public record ImageFiles(List<Path> folders, Optional<Path> caseFolder) {
  /** Folders that are all the user's own. */
  public ImageFiles(List<Path> folders) {
    this(folders, Optional.empty());
  }

  /** Copies its list. */
  public ImageFiles {
    folders = List.copyOf(folders);
  }

  /** A file as the case describes it. */
  public record Wanted(String name, long sizeBytes) {}

  /** All files of an image, or nothing if one is missing or has another size. */
  public Optional<List<Path>> find(List<Wanted> wanted) {
    List<Path> found = new ArrayList<>();
    for (Wanted one : wanted) {
      Optional<Path> file = find(one);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      found.add(file.get());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private Optional<Path> find(Wanted wanted) {
    String name = wanted.name();
    if (name.isEmpty() || name.equals("..") || name.chars().anyMatch(c -> c == '/' || c == '\0')) {
      return Optional.empty();
    }
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (is(file, wanted.sizeBytes())) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private boolean is(Path file, long sizeBytes) {
    if (caseFolder.isPresent()
        && caseFolder.get().equals(file.getParent())
        && Files.isSymbolicLink(file)) {
      return false;
    }
    try {
      return Files.isRegularFile(file) && Files.size(file) == sizeBytes;
    } catch (IOException e) {
      return false; // as if it were not there
    }
  }
}
