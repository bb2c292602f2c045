package io.pagestream.cases.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds an image's files in the folders that the user named. Only the file name in the case is
 * used, without its folders, so that a hostile manifest cannot lead to other files.
 *
 * @param folders folders to search, in this order
 * @param caseFolder the folder among them that may come from another person: links in it are not
 *     followed
 */
public record ImageFiles(List<Path> folders, Optional<Path> caseFolder) {
  /** Folders that all belong to the user. */
  public ImageFiles(List<Path> folders) {
    this(folders, Optional.empty());
  }

  /** Copies its list. */
  public ImageFiles {
    folders = List.copyOf(folders);
  }

  /** A file as described in the case. */
  public record Wanted(String name, long sizeBytes) {}

  /** All files of an image; empty if one is missing or has a different size. */
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
      return false; // treated as missing
    }
  }
}
