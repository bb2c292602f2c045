package io.pagestream.exports.format;

import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.live.FindingFilter;
import io.pagestream.cases.live.LiveFindings;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One export, from a finished case or a live cluster. Output files are private, and appear under
 * their name when they are complete; only an export that follows a cluster grows in place.
 *
 * @param format the format
 * @param filter selects the findings
 * @param acquired when the images were acquired, if given by the user
 * @param out the file or folder; null for standard output
 * @param force whether an existing file may be replaced
 */
public record ExportRun(
    ExportFormat format,
    FindingFilter filter,
    @Nullable Instant acquired,
    @Nullable Path out,
    boolean force) {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Exports a finished case.
   *
   * @param checked the case, whose seal was checked
   * @param standardOutput destination of a stream if there is no file
   * @throws PagestreamException {@link ErrorCode#OUTPUT_EXISTS}, {@link ErrorCode#USAGE} if the
   *     format needs a file and there is none, or {@link SystemFailure#writing}
   */
  public ExportCounts ofCase(
      CheckedCase checked,
      StoreSettings settings,
      Consumer<String> progress,
      OutputStream standardOutput) {
    requirePlace();
    Path partial = out == null ? null : partial(out);
    List<Path> writable =
        format.export() instanceof PathExport && partial != null ? List.of(partial) : List.of();
    try (FindingStore store = CaseStore.open(checked, settings, progress, writable)) {
      ExportSource source = new ExportSource(store, filter, acquired, checked.warning());
      return switch (format.export()) {
        case StreamExport stream when out == null -> {
          OutputStream buffered = new BufferedOutputStream(standardOutput, BUFFER_BYTES);
          ExportCounts counts = stream.write(source, buffered);
          buffered.flush();
          yield counts;
        }
        case StreamExport stream -> file(stream, source);
        case PathExport path -> place(path, source);
      };
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  private ExportCounts file(StreamExport stream, ExportSource source) throws IOException {
    ExportCounts[] counts = new ExportCounts[1];
    PrivateFiles.writeWhole(known(), to -> counts[0] = stream.write(source, to));
    return counts[0];
  }

  private ExportCounts place(PathExport export, ExportSource source) throws IOException {
    Path target = known();
    Path partial = partial(target);
    PrivateFiles.deleteTree(partial);
    if (export.isFolder()) {
      PrivateFiles.createFolder(partial);
    } else {
      PrivateFiles.writeWhole(partial, empty -> {});
    }
    try {
      ExportCounts counts = export.write(source, partial);
      if (export.isFolder()) {
        PrivateFiles.deleteTree(target); // only with --force, see requirePlace
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return counts;
    } finally {
      PrivateFiles.deleteTree(partial);
    }
  }

  /**
   * Exports the findings on a cluster.
   *
   * @param follow whether to continue after the end is reached, until {@code stop}
   * @return the counts; records of the topic that could not be read count as omitted
   * @throws PagestreamException as {@link #ofCase}, and {@link ErrorCode#USAGE} if the format
   *     cannot be written line by line
   */
  public ExportCounts ofCluster(
      LiveFindings findings,
      String toolVersion,
      boolean follow,
      BooleanSupplier stop,
      OutputStream standardOutput) {
    if (!(format.export() instanceof LineExport lines)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          format.name() + " cannot be written line by line, which a live cluster requires",
          "export the finished case, or choose another format");
    }
    requirePlace();
    Instant now = Instant.now();
    ExportFacts facts = new ExportFacts(toolVersion, now, now, acquired, List.of());
    try (OutputStream to = out == null ? standardOutput : PrivateFiles.grow(out)) {
      Counting writer = new Counting(lines.open(new BufferedOutputStream(to, BUFFER_BYTES), facts));
      long unreadable = findings.write(writer, follow, stop);
      long leftOut = writer.leftOut() + unreadable;
      String why =
          unreadable > 0 ? String.join("; ", findings.rejected().lines(3)) : writer.whyLeftOut();
      return new ExportCounts(writer.taken - writer.leftOut(), leftOut, why);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  private void requirePlace() {
    if (out == null) {
      if (format.export() instanceof PathExport) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            format.name() + " cannot go to standard output",
            "name a file or folder with --out");
      }
      return;
    }
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !force) {
      throw PagestreamException.inFile(
          ErrorCode.OUTPUT_EXISTS,
          out.toString(),
          "it already exists",
          "choose another --out, or replace it with --force");
    }
  }

  private Path known() {
    if (out == null) {
      throw new IllegalStateException("no place to write to");
    }
    return out.toAbsolutePath();
  }

  private static Path partial(Path target) {
    Path whole = target.toAbsolutePath();
    return whole.resolveSibling(whole.getFileName() + ".exporting");
  }

  private PagestreamException notWritable(IOException cause) {
    String place = out == null ? "standard output" : out.toString();
    return SystemFailure.writing(place, "the export cannot be written", cause);
  }
}
