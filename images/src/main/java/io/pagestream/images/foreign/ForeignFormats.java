package io.pagestream.images.foreign;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that are recognized as something other than raw memory. Without this table they would be
 * read as raw memory, and every address found in them would be wrong. Compressed files are checked
 * after decompression.
 */
public final class ForeignFormats {
  /** Short or structural signatures come after the long ones of the same kind. */
  private static final List<ForeignFormat> TABLE =
      Stream.of(
              MachineStates.TABLE,
              SystemDumps.TABLE,
              EvidenceFiles.TABLE,
              EncryptedFiles.TABLE,
              DiskImages.TABLE,
              Archives.TABLE,
              CompressedFiles.TABLE,
              OtherFiles.TABLE)
          .flatMap(List::stream)
          .toList();

  private ForeignFormats() {}

  /**
   * Rejects files of other formats.
   *
   * @throws PagestreamException FORMAT_UNSUPPORTED for memory in an unsupported format, and for
   *     archives and the like; FORMAT_UNKNOWN for files that do not contain memory
   */
  public static void refuse(ImageBytes bytes) {
    find(bytes)
        .ifPresent(foreign -> {
          throw refusal(bytes, foreign);
        });
  }

  /**
   * The kind of a file that is recognized, with its article ("a tar archive"); empty if it may be
   * raw memory.
   */
  public static Optional<String> name(ImageBytes bytes) {
    return find(bytes).map(ForeignFormat::what);
  }

  /** Whether a file is of a format that may contain the memory of a machine, directly or packed. */
  public static boolean mayHoldMemory(ImageBytes bytes) {
    return find(bytes).map(ForeignFormat::holdsMemory).orElse(false);
  }

  private static Optional<ForeignFormat> find(ImageBytes bytes) {
    Peek file = new Peek(bytes);
    return TABLE.stream().filter(foreign -> foreign.matches(file)).findFirst();
  }

  private static PagestreamException refusal(ImageBytes bytes, ForeignFormat foreign) {
    return foreign.holdsMemory()
        ? bytes.unsupported(
            "is %s, which is not supported".formatted(foreign.what()), foreign.remedy())
        : PagestreamException.inFile(
            ErrorCode.FORMAT_UNKNOWN,
            bytes.name(),
            "is %s, not a memory image".formatted(foreign.what()),
            foreign.remedy());
  }
}
