package io.pagestream.pipeline;

import io.pagestream.analyzers.stage.PayloadFiles;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Image files in folders that producer and analyzers of a cluster share. A manifest comes from a
 * topic, so its file names are looked up only in the given folders, links are not followed, and a
 * file is used only if its SHA-256 equals that in the manifest. It is hashed once, when the first
 * run refers to it.
 */
public final class FolderFiles implements PayloadFiles {
  private final List<Path> folders;
  private final Map<Key, InputFile> files = new ConcurrentHashMap<>();

  /** A file, identified by its content. */
  private record Key(String name, long sizeBytes, String sha256) {}

  /** The files in these folders, not in folders below them. */
  public FolderFiles(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  @Override
  public void read(ImageManifest manifest, int index, long offset, MemorySegment destination) {
    if (folders.isEmpty() || index < 0 || index >= manifest.getFiles().size()) {
      PayloadFiles.NONE.read(manifest, index, offset, destination);
      return;
    }
    ImageFile wanted = manifest.getFiles().get(index);
    Key key = new Key(wanted.getName(), wanted.getSizeBytes(), wanted.getSha256());
    ReferencedFile.read(files.computeIfAbsent(key, this::find), offset, destination);
  }

  private InputFile find(Key key) {
    Path name = Path.of(key.name());
    if (name.getNameCount() == 1 && !name.isAbsolute()) {
      for (Path folder : folders) {
        Optional<InputFile> found = verified(folder.resolve(name), key);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw PagestreamException.of(
        ErrorCode.FILE_NOT_FOUND,
        "no file %s of %d bytes with the manifest's SHA-256 in %s"
            .formatted(key.name(), key.sizeBytes(), folders),
        "give its folder with --images, or stream the image with --payload inline");
  }

  private static Optional<InputFile> verified(Path file, Key key) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != key.sizeBytes()) {
        return Optional.empty();
      }
      FileStamp stamp = FileStamp.of(file);
      boolean same = FileHashing.hash(file, bytes -> {}).sha256().equals(key.sha256());
      return same ? Optional.of(new InputFile(file, stamp, Optional.empty())) : Optional.empty();
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED,
              file.toString(),
              "cannot be read: " + e.getMessage(),
              "check the shared folder")
          .causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PagestreamException.of(ErrorCode.INTERNAL, "interrupted while hashing " + file, "")
          .causedBy(e);
    }
  }
}
