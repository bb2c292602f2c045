package io.pagestream.images.conversion;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.format.raw.RangesWriter;
import io.pagestream.images.identity.FileHashing;
import io.pagestream.images.rangesource.SideFileKind;
import io.pagestream.images.rangesource.SideFiles;
import io.pagestream.images.writing.ImageOutput;
import io.pagestream.images.writing.ImageWriter;
import io.pagestream.images.writing.StoredMemory;
import io.pagestream.schemas.digest.Sha256;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import io.pagestream.schemas.temporary.ExitTasks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Converts an image. The new file is read back with the reader of its format, and every page is
 * compared; a file that does not hold the same pages is deleted. A file that is not finished when
 * the process ends is deleted too.
 */
public final class Conversion {
  private final OpenedImage source;
  private final ImageWriter writer;
  private final Path out;
  private final ConversionProgress progress;

  private Conversion(
      OpenedImage source, ImageWriter writer, Path out, ConversionProgress progress) {
    this.source = source;
    this.writer = writer;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Converts an image.
   *
   * @param out the new file, which must not exist
   * @throws InterruptedException if the thread was interrupted
   * @throws PagestreamException OUTPUT_EXISTS, IMAGE_EMPTY if the image holds no page,
   *     FORMAT_UNSUPPORTED if the format cannot hold this memory, or a problem of the disk
   */
  public static ConvertedImage convert(
      OpenedImage source, ImageWriter writer, Path out, ConversionProgress progress)
      throws InterruptedException {
    return new Conversion(source, writer, out, progress).run();
  }

  private ConvertedImage run() throws InterruptedException {
    requireNew(out);
    requireNew(RangesWriter.beside(out));
    StoredMemory memory =
        StoredMemory.survey(source.image(), pages -> report(ConversionStep.SURVEY, pages));
    if (memory.counts().stored() == 0) {
      throw PagestreamException.inFile(
          ErrorCode.IMAGE_EMPTY,
          source.name(),
          "holds none of the %,d pages that it describes".formatted(memory.counts().all()),
          "acquire the image again");
    }
    boolean finished = false;
    ExitTasks.Registration atExit = ExitTasks.add(ExitTasks.Phase.FOLDERS, this::delete);
    try {
      byte[] written = write(memory);
      Optional<Path> sidecar = Optional.of(RangesWriter.beside(out)).filter(Files::exists);
      requireEqual(memory, written, sidecar);
      String sha256 = FileHashing.hash(out, bytes -> {}).sha256();
      finished = true;
      return new ConvertedImage(
          memory.counts(),
          Files.size(out),
          sha256,
          sidecar,
          source.doubts(),
          writer.format().losses());
    } catch (IOException e) {
      throw SystemFailure.writing(out.toString(), "write the image", e);
    } finally {
      atExit.close();
      if (!finished) {
        delete();
      }
    }
  }

  private void requireNew(Path file) {
    if (Files.exists(file)) {
      throw exists(file);
    }
  }

  private static PagestreamException exists(Path file) {
    return PagestreamException.inFile(
        ErrorCode.OUTPUT_EXISTS, file.toString(), "exists already", "choose another name");
  }

  /** Writes the file; returns the digest of the pages that were written. */
  private byte[] write(StoredMemory memory) throws IOException, InterruptedException {
    try (ImageOutput output = ImageOutput.create(out)) {
      byte[] digest =
          memory.digesting(
              Sha256.algorithm(),
              pages -> report(ConversionStep.WRITE, pages),
              counted -> writer.write(counted, output));
      output.force();
      return digest;
    } catch (FileAlreadyExistsException e) {
      throw exists(out).causedBy(e);
    }
  }

  /** Reads the new file back. */
  private void requireEqual(StoredMemory memory, byte[] written, Optional<Path> sidecar)
      throws IOException, InterruptedException {
    OpenOptions options = OpenOptions.defaults().withoutFoundSideFiles();
    if (sidecar.isPresent()) {
      options =
          options
              .withFormat("raw")
              .withSideFiles(SideFiles.NONE.with(SideFileKind.RANGES, sidecar.get()));
    }
    try (OpenedImage again = MemoryImages.open(List.of(out), options)) {
      StoredMemory copy =
          StoredMemory.survey(again.image(), pages -> report(ConversionStep.SURVEY_COPY, pages));
      byte[] read =
          copy.digest(Sha256.algorithm(), pages -> report(ConversionStep.READ_BACK, pages));
      if (!copy.stored().equals(memory.stored()) || !Arrays.equals(read, written)) {
        throw PagestreamException.inFile(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            out.toString(),
            "does not hold the pages that were written to it",
            "check the disk; if this happens again, report it as a defect of Pagestream");
      }
    }
  }

  private void report(ConversionStep step, long pages) {
    progress.converted(step, pages);
  }

  /** Deletes what was written. */
  private void delete() {
    for (Path file : List.of(out, RangesWriter.beside(out))) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        System.getLogger(Conversion.class.getName())
            .log(System.Logger.Level.WARNING, "cannot delete " + file, e);
      }
    }
  }
}
