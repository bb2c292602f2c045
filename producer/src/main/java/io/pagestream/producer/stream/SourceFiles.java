package io.pagestream.producer.stream;

import io.pagestream.images.identity.FileContent;
import io.pagestream.images.identity.FileStamp;
import io.pagestream.images.identity.ImageIdentity;
import io.pagestream.images.identity.InputFile;
import io.pagestream.schemas.avro.ByteRange;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.ImageFile;
import io.pagestream.schemas.avro.ImageSource;
import io.pagestream.schemas.doubt.DoubtReason;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of an image that is streamed, all of them hashed.
 *
 * @param files the files, in the order of their contents; each with its digest
 */
public record SourceFiles(List<InputFile> files) {
  private static final int MOST_RANGES_NAMED = 4;

  /** Checks that all files are hashed. */
  public SourceFiles {
    files = List.copyOf(files);
    if (files.stream().anyMatch(file -> file.content().isEmpty())) {
      throw new IllegalArgumentException("a file is not hashed: " + files);
    }
  }

  /** The id of the image. */
  public String imageId() {
    return ImageIdentity.of(files.stream().map(SourceFiles::content).toList());
  }

  /** The files as a manifest lists them. */
  public List<ImageFile> imageFiles() {
    return files.stream()
        .map(file -> {
          FileContent content = content(file);
          return new ImageFile(
              file.name(), content.sizeBytes(), content.sha256(), content.unreadable());
        })
        .toList();
  }

  /** Where the files are, and their times, as a manifest lists them. */
  public List<ImageSource> sources() {
    return files.stream().map(file -> source(file.path(), file.stamp())).toList();
  }

  /** The place and state of a file, as a manifest lists it. */
  public static ImageSource source(Path file, FileStamp stamp) {
    FileTime changed = stamp.changed();
    return new ImageSource(
        file.toAbsolutePath().normalize().toString(),
        stamp.sizeBytes(),
        stamp.modified().toString(),
        changed == null ? "" : changed.toString(),
        Objects.toString(stamp.fileKey(), ""));
  }

  /** Bytes that could not be read when the files were hashed. */
  List<Doubt> unreadable() {
    return files.stream()
        .filter(file -> !content(file).unreadable().isEmpty())
        .map(file ->
            DoubtReason.UNREADABLE.of(
                "%s: the SHA-256 is without %s, which could not be read and are hashed as zeros; copy the"
                        .formatted(file.name(), named(content(file).unreadable()))
                    + " image from an intact disk"))
        .toList();
  }

  /** Changes of the files since they were hashed. */
  List<Doubt> changes() {
    return files.stream()
        .flatMap(file -> change(file).stream())
        .map(change ->
            DoubtReason.FILE_CHANGED.of(
                change
                    + " while it was analyzed: the data that was read may differ from its SHA-256 and the"
                    + " image's id; analyze it again when no program writes to it"))
        .toList();
  }

  private static Optional<String> change(InputFile file) {
    return file.stamp().changeOf(file.path()).map(change -> file.name() + " " + change);
  }

  private static String named(List<ByteRange> ranges) {
    Stream<String> first =
        ranges.stream()
            .limit(MOST_RANGES_NAMED)
            .map(range ->
                "0x%x-0x%x".formatted(range.getOffset(), range.getOffset() + range.getLength()));
    int more = ranges.size() - MOST_RANGES_NAMED;
    Stream<String> rest = more > 0 ? Stream.of(more + " more ranges") : Stream.empty();
    return Stream.concat(first, rest).collect(Collectors.joining(", "));
  }

  private static FileContent content(InputFile file) {
    return file.content().orElseThrow();
  }
}
